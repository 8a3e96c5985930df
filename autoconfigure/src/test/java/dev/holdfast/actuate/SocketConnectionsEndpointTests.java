package dev.holdfast.actuate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionDescriptor;
import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionDetailsDescriptor;
import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionsDescriptor;
import dev.holdfast.actuate.SocketConnectionsEndpoint.TlsDescriptor;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link SocketConnectionsEndpoint}.
 */
class SocketConnectionsEndpointTests {

	@Test
	void connectionsWhenPageIsNotGivenReturnsFirstFifty() {
		ConnectionsDescriptor page = page(FakeConnections.numbered(51), null, null);
		assertThat(page.total()).isEqualTo(51);
		assertThat(page.connections()).hasSize(50);
		assertThat(page.connections().get(0).id()).isEqualTo("n-0-0-1");
	}

	@Test
	void connectionsWhenPageIsGivenReturnsIt() {
		ConnectionsDescriptor page = page(FakeConnections.numbered(5), 1, 2);
		assertThat(page.total()).isEqualTo(5);
		assertThat(page.connections()).extracting(ConnectionDescriptor::id).containsExactly("n-0-1-1", "n-0-2-1");
	}

	@Test
	void connectionsWhenCountIsKnownLooksAtPageOnly() {
		SocketConnection connection = FakeConnections.connection("n-0-0-1", null);
		Connections connections = FakeConnections.of(connection);
		Recipients recipients = connections.all();
		given(recipients.stream()).willAnswer((call) -> Stream.generate(() -> connection));
		given(recipients.count()).willReturn(1_000_000L);
		ConnectionsDescriptor page = new SocketConnectionsEndpoint(connections).connections(null, null, null, null, 500,
				2, null);
		assertThat(page.total()).isEqualTo(1_000_000);
		assertThat(page.connections()).hasSize(2);
	}

	@Test
	void connectionsWhenOffsetIsBehindLastReturnsTotalOnly() {
		ConnectionsDescriptor page = page(FakeConnections.numbered(3), 3, null);
		assertThat(page.total()).isEqualTo(3);
		assertThat(page.connections()).isEmpty();
	}

	@Test
	void connectionsWhenLimitIsZeroReturnsTotalOnly() {
		ConnectionsDescriptor page = page(FakeConnections.numbered(3), null, 0);
		assertThat(page.total()).isEqualTo(3);
		assertThat(page.connections()).isEmpty();
	}

	@Test
	void connectionsWhenLimitIsAboveThousandReturnsThousand() {
		SocketConnection connection = FakeConnections.connection("n-0-0-1", null);
		Connections connections = FakeConnections.of(Collections.nCopies(1001, connection));
		ConnectionsDescriptor page = page(connections, null, Integer.MAX_VALUE);
		assertThat(page.total()).isEqualTo(1001);
		assertThat(page.connections()).hasSize(1000);
	}

	@Test
	void connectionsWhenOffsetIsNegativeThrowsException() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> page(FakeConnections.numbered(1), -1, null))
			.withMessage("'offset' must not be negative");
	}

	@Test
	void connectionsWhenLimitIsNegativeThrowsException() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> page(FakeConnections.numbered(1), null, -1))
			.withMessage("'limit' must not be negative");
	}

	@Test
	void connectionsWhenConnectionIsOffThePageReadsNothingFromIt() {
		SocketConnection first = FakeConnections.connection("first", null);
		SocketConnection second = FakeConnections.connection("second", null);
		page(FakeConnections.of(first, second), 0, 1);
		then(second).should(never()).groups();
	}

	@Test
	void connectionWhenUnknownReturnsNull() {
		assertThat(new SocketConnectionsEndpoint(FakeConnections.numbered(1)).connection("other")).isNull();
	}

	@Test
	void connectionWhenPlainLeavesOutTlsAndPath() {
		ConnectionDetailsDescriptor details = describe(FakeConnections.connection("first", null));
		assertThat(details.tls()).isNull();
		assertThat(details.path()).isNull();
		assertThat(details.attributes()).isEmpty();
	}

	@Test
	void connectionWhenUpgradedReturnsPath() {
		SocketConnection connection = FakeConnections.connection("first", null);
		Handshake handshake = mock(Handshake.class);
		given(handshake.path()).willReturn("/live");
		given(connection.handshake()).willReturn(Optional.of(handshake));
		assertThat(describe(connection).path()).isEqualTo("/live");
	}

	@Test
	void connectionWhenEncryptedReturnsProtocolAndCipher() {
		SocketConnection connection = FakeConnections.connection("first", null);
		SSLSession session = mock(SSLSession.class);
		given(session.getProtocol()).willReturn("TLSv1.3");
		given(session.getCipherSuite()).willReturn("TLS_AES_128_GCM_SHA256");
		given(connection.sslSession()).willReturn(Optional.of(session));
		assertThat(describe(connection).tls()).isEqualTo(new TlsDescriptor("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
	}

	@Test
	void connectionWhenItHasAttributesReturnsNamesWithoutValues() {
		SocketConnection connection = FakeConnections.connection("first", null);
		given(connection.attributes()).willReturn(Map.of("token", "secret", "device", "d1"));
		assertThat(describe(connection).attributes()).containsExactly("device", "token");
	}

	private ConnectionDetailsDescriptor describe(SocketConnection connection) {
		ConnectionDetailsDescriptor details = new SocketConnectionsEndpoint(FakeConnections.of(List.of(connection)))
			.connection(connection.id());
		assertThat(details).isNotNull();
		return details;
	}

	private ConnectionsDescriptor page(Connections connections, @Nullable Integer offset, @Nullable Integer limit) {
		return new SocketConnectionsEndpoint(connections).connections(null, null, null, null, offset, limit, null);
	}

}
