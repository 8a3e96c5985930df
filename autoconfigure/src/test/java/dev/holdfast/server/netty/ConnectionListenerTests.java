package dev.holdfast.server.netty;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.limit.Network;
import dev.holdfast.server.ProxyProtocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a {@link ConnectionListener} hears of connections.
 */
@ExtendWith(LeakDetection.class)
class ConnectionListenerTests {

	private final RecordingListener heard = new RecordingListener();

	@Test
	void listenerWhenUpgradeFailsHearsOnlyOfOpenedConnections() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.webSocket(new WebSocketOptionsBuilder().build())
			.listener(this.heard)
			.start()) {
			server.connect().send("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n");
			server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
			WebSocketClient.upgrade(server).close();
			server.awaitClosed(CloseReason.CLIENT);
			await().untilAsserted(() -> assertThat(this.heard.events).containsExactly("opened", "closed CLIENT"));
		}
	}

	@Test
	void listenerWhenProxyHeaderIsBadHearsOnlyOfOpenedConnections() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.proxy(new ProxyProtocol(true, List.of(Network.parse("127.0.0.0/8"))))
			.listener(this.heard)
			.start()) {
			server.connect().send("PROXY TCP4 nonsense\r\n");
			server.awaitClosed(CloseReason.BAD_FRAME);
			server.connect().send("PROXY TCP4 192.0.2.7 127.0.0.1 4711 9000\r\n").shutdownOutput();
			server.awaitClosed(CloseReason.CLIENT);
			await().untilAsserted(() -> assertThat(this.heard.events).containsExactly("opened", "closed CLIENT"));
		}
	}

}
