package dev.holdfast.server.netty;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.limit.OverflowPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Connections over a network that has faults, and a client beside it that notices none.
 */
@ExtendWith(LeakDetection.class)
class NetworkFaultTests {

	private static final String PUSH = "p".repeat(9_999);

	@Test
	void connectionsWhenCutAtOnceEndAsTransportErrorsAndLeaveNothing() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).start();
				FaultProxy network = new FaultProxy(server.port());
				TestClient other = server.connect()) {
			List<TestClient> clients = connect(network, 20);
			for (TestClient client : clients) {
				assertThat(client.ask("hello")).isEqualTo("hello");
				client.send("never fini");
			}
			network.cut();
			await().until(() -> server.closed(CloseReason.TRANSPORT_ERROR) == 20);
			for (TestClient client : clients) {
				assertThatExceptionOfType(SocketException.class).isThrownBy(client::readAll);
				client.close();
			}
			assertThat(other.ask("still here")).isEqualTo("still here");
			assertThat(server.connections().count()).isOne();
			assertThat(server.active()).isOne();
		}
	}

	@Test
	void pushWhenNetworkStallsIsBoundedAndOverAsSlowConsumer() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.sendBuffer(4096)
			.outbound(64 * 1024, 512 * 1024, OverflowPolicy.CLOSE)
			.start();
				FaultProxy network = new FaultProxy(server.port());
				TestClient stalled = new TestClient(network.port(), 4096);
				TestClient other = server.connect()) {
			assertThat(stalled.ask("hello")).isEqualTo("hello");
			server.awaitOpen(2);
			SocketConnection connection = connectionBeside(server, other);
			network.stall(true);
			int taken = 0;
			while (connection.send(PUSH)) {
				taken++;
				assertThat(taken).isLessThan(1000);
			}
			server.awaitClosed(CloseReason.SLOW_CONSUMER);
			assertThat(connection.pendingBytes()).isZero();
			assertThat(other.ask("still here")).isEqualTo("still here");
		}
	}

	@Test
	void networkWhenStalledForAWhileLosesNothing() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).start();
				FaultProxy network = new FaultProxy(server.port());
				TestClient client = new TestClient(network.port(), 0)) {
			assertThat(client.ask("before")).isEqualTo("before");
			SocketConnection connection = server.onlyConnection();
			network.stall(true);
			client.send("meanwhile\n");
			connection.send("pushed");
			await().pollDelay(Duration.ofMillis(300)).until(() -> connection.messagesReceived() == 1);
			network.stall(false);
			assertThat(client.lines(2)).containsExactlyInAnyOrder("pushed", "meanwhile");
		}
	}

	@Test
	void clientWhenNetworkNeverComesBackEndsAsIdle() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.heartbeat(Duration.ofMillis(200), "beat")
			.idleTimeout(Duration.ofMillis(900))
			.start();
				FaultProxy network = new FaultProxy(server.port());
				TestClient client = new TestClient(network.port(), 0)) {
			assertThat(client.ask("hello")).isEqualTo("hello");
			network.stall(true);
			server.awaitClosed(CloseReason.IDLE);
			await().until(() -> server.active() == 0);
		}
	}

	@Test
	void requestsWhenNetworkDribblesAreAnsweredInOrderAndHalfCloseIsKept() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).start();
				FaultProxy network = new FaultProxy(server.port())) {
			network.dribble(7, 3);
			List<TestClient> clients = connect(network, 10);
			String requests = IntStream.range(0, 100).mapToObj((i) -> "request " + i + '\n').reduce("", String::concat);
			for (TestClient client : clients) {
				client.send(requests.getBytes(StandardCharsets.US_ASCII)).shutdownOutput();
			}
			for (TestClient client : clients) {
				assertThat(client.readText()).isEqualTo(requests);
			}
			await().until(() -> server.closed(CloseReason.CLIENT) == 10);
		}
	}

	private static List<TestClient> connect(FaultProxy network, int count) {
		return Stream.generate(() -> connect(network)).limit(count).toList();
	}

	private static TestClient connect(FaultProxy network) {
		try {
			return new TestClient(network.port(), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static SocketConnection connectionBeside(TestServer server, TestClient client) {
		SocketConnection other = server.connectionOf(client);
		return server.connections()
			.all()
			.stream()
			.filter((connection) -> connection != other)
			.findFirst()
			.orElseThrow();
	}

}
