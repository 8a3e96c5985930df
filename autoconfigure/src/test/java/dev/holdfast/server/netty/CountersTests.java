package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.ServerStatistics.ConnectionCounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What servers and connections count.
 */
@ExtendWith(LeakDetection.class)
class CountersTests {

	@Test
	void countersWhenMessagesPassedAreTrue() throws Exception {
		try (TestServer server = TestServer.with(new GreetingController()).start()) {
			TestClient one = server.connect();
			assertThat(one.lines(1)).containsExactly("hello");
			assertThat(one.send("ab\nfail\nquiet\ncde\n").lines(2)).containsExactly("ab", "cde");
			SocketConnection connection = server.onlyConnection();
			TestClient two = server.connect();
			assertThat(two.send("x\n").lines(2)).containsExactly("hello", "x");
			server.connections().all().send("news");
			assertThat(one.line()).isEqualTo(two.line());
			await().until(() -> server.statistics().messages().handled() == 5);
			assertThat(connection.messagesReceived()).isEqualTo(4);
			assertThat(connection.bytesReceived()).isEqualTo(18);
			assertThat(connection.messagesSent()).isEqualTo(4);
			assertThat(connection.bytesSent()).isEqualTo(18);
			ServerStatistics statistics = server.statistics();
			assertThat(statistics.messages()).extracting("received", "sent", "failed", "dropped", "inFlight", "handled")
				.containsExactly(5L, 7L, 1L, 0L, 0L, 5L);
			assertThat(statistics.bytes()).isEqualTo(new ServerStatistics.ByteCounts(20, 31));
			assertThat(statistics.latency().maxMicros()).isPositive();
			assertThat(statistics.messages().handlingNanos()).isPositive();
		}
	}

	@Test
	void bytesWhenConnectionClosesWithoutWholeMessageAreCounted() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).start(); TestClient client = server.connect()) {
			client.send("unfinished").close();
			server.awaitClosed(CloseReason.CLIENT);
			assertThat(server.statistics().bytes().received()).isEqualTo(10);
			assertThat(server.statistics().messages().received()).isZero();
			assertThat(server.statistics().connections())
				.isEqualTo(new ConnectionCounts(0, 1, 1, 0, Map.of(), Map.of(CloseReason.CLIENT, 1L)));
		}
	}

	@Test
	void acceptedWhenConnectionsComeAndGoIsActiveAndClosedAtAnyTime() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).start()) {
			AtomicBoolean ended = new AtomicBoolean();
			Thread churn = new Thread(() -> churn(server, ended));
			churn.start();
			while (!ended.get()) {
				assertBalanced(server.statistics());
			}
			churn.join();
			await().until(() -> server.active() == 0);
			assertThat(server.statistics().connections().accepted()).isEqualTo(1500);
			assertThat(server.statistics().connections().closed().values().stream().mapToLong((n) -> n).sum())
				.isEqualTo(1500);
		}
	}

	@Test
	void qpsWhenLoadEndsFallsBackToZero() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).start(); TestClient client = server.connect()) {
			for (int i = 0; i < 1000; i++) {
				assertThat(client.ask("x")).isEqualTo("x");
			}
			await().until(() -> server.statistics().qps().peak() > 100);
			await().atMost(Duration.ofSeconds(4)).until(() -> server.statistics().qps().last1s() == 0);
			assertThat(server.statistics().qps().last10s()).isPositive();
			assertThat(server.statistics().messages().handled()).isEqualTo(1000);
		}
	}

	private static void churn(TestServer server, AtomicBoolean ended) {
		try {
			for (int i = 0; i < 1500; i++) {
				try (TestClient client = new TestClient(server.port(), 0)) {
					assertThat(client.ask("x")).isEqualTo("x");
				}
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			ended.set(true);
		}
	}

	private static void assertBalanced(ServerStatistics statistics) {
		ConnectionCounts counts = statistics.connections();
		long closed = counts.closed().values().stream().mapToLong((n) -> n).sum();
		assertThat(counts.accepted()).isEqualTo(counts.active() + closed);
		assertThat(statistics.messages().received()).isGreaterThanOrEqualTo(statistics.messages().handled());
	}

	@SocketController
	static class GreetingController {

		@OnOpen
		String open() {
			return "hello";
		}

		@OnMessage
		String message(String message) {
			if (message.equals("fail")) {
				throw new IllegalStateException("On purpose");
			}
			return message.equals("quiet") ? null : message;
		}

	}

}
