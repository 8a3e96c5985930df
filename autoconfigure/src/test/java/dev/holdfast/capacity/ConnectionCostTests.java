package dev.holdfast.capacity;

import org.junit.jupiter.api.Test;

import dev.holdfast.server.ConnectionEntrance;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.TlsOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ConnectionCost}.
 */
class ConnectionCostTests {

	@Test
	void ofWhenServerIsPlainIsThatOfTransport() {
		assertThat(ConnectionCost.of(definition("tcp", ConnectionEntrance.OPEN))).isEqualTo(ConnectionCost.TCP);
		assertThat(ConnectionCost.of(definition("websocket", ConnectionEntrance.OPEN)))
			.isEqualTo(ConnectionCost.WEBSOCKET);
	}

	@Test
	void ofWhenServerHasTlsAddsThatOfProvider() {
		assertThat(ConnectionCost.of(definition("tcp", tls(TlsOptions.Provider.JDK))))
			.isEqualTo(ConnectionCost.TCP.plus(ConnectionCost.TLS));
		assertThat(ConnectionCost.of(definition("websocket", tls(TlsOptions.Provider.OPENSSL))))
			.isEqualTo(ConnectionCost.WEBSOCKET.plus(ConnectionCost.TLS_OPENSSL));
	}

	private static ConnectionEntrance tls(TlsOptions.Provider provider) {
		TlsOptions tls = mock(TlsOptions.class);
		given(tls.provider()).willReturn(provider);
		return new ConnectionEntrance(null, tls);
	}

	private static ServerDefinition definition(String transport, ConnectionEntrance entrance) {
		ServerDefinition.Protocol protocol = mock(ServerDefinition.Protocol.class);
		given(protocol.transport()).willReturn(transport);
		ServerDefinition definition = mock(ServerDefinition.class);
		given(definition.protocol()).willReturn(protocol);
		given(definition.entrance()).willReturn(entrance);
		return definition;
	}

}
