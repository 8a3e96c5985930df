package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.limit.ExcessPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that send more messages than their rate allows.
 */
@ExtendWith(LeakDetection.class)
class RateLimitTests {

	private final EchoController controller = new EchoController();

	@Test
	void throttleWhenClientSendsTooManyAnswersAllInOrderAtTheRate() throws Exception {
		try (TestServer server = start(50, 10, ExcessPolicy.THROTTLE); TestClient client = server.connect()) {
			long began = System.nanoTime();
			client.send(numbers(110));
			assertThat(client.lines(10)).isEqualTo(expected(0, 10));
			assertThat(since(began)).isLessThan(Duration.ofMillis(500));
			assertThat(client.lines(100)).isEqualTo(expected(10, 110));
			assertThat(since(began)).isBetween(Duration.ofMillis(1700), Duration.ofMillis(2300));
			assertThat(server.statistics().messages().dropped()).isZero();
			await().until(() -> server.statistics().messages().inFlight() == 0);
		}
	}

	@Test
	void throttleWhenClientSendsOneByOneAnswersAtTheRate() throws Exception {
		try (TestServer server = start(20, 1, ExcessPolicy.THROTTLE); TestClient client = server.connect()) {
			long began = System.nanoTime();
			for (int i = 0; i <= 30; i++) {
				assertThat(client.ask("m" + i)).isEqualTo("m" + i);
			}
			assertThat(since(began)).isBetween(Duration.ofMillis(1275), Duration.ofMillis(1750));
		}
	}

	@Test
	void throttleWhenClientEndsItsHalfAnswersTheRestAndEnds() throws Exception {
		try (TestServer server = start(100, 1, ExcessPolicy.THROTTLE); TestClient client = server.connect()) {
			client.send(numbers(50)).shutdownOutput();
			assertThat(client.readText()).isEqualTo(numbers(50));
			server.awaitClosed(CloseReason.CLIENT);
		}
	}

	@Test
	void throttleWhenOneClientIsThrottledLeavesOthersAlone() throws Exception {
		try (TestServer server = start(1, 1, ExcessPolicy.THROTTLE); TestClient client = server.connect()) {
			client.send(numbers(1000));
			assertThat(client.line()).isEqualTo("0");
			long began = System.nanoTime();
			assertThat(server.connect().ask("other")).isEqualTo("other");
			assertThat(since(began)).isLessThan(Duration.ofMillis(500));
			client.close();
			await().until(() -> server.active() == 1);
		}
	}

	@Test
	void dropWhenClientSendsTooManyCountsThemAndKeepsConnection() throws Exception {
		try (TestServer server = start(1, 5, ExcessPolicy.DROP); TestClient client = server.connect()) {
			client.send(numbers(20));
			assertThat(client.lines(5)).isEqualTo(expected(0, 5));
			await().until(() -> server.statistics().messages().dropped() == 15);
			assertThat(server.statistics().messages().received()).isEqualTo(20);
			assertThat(server.statistics().messages().handled()).isEqualTo(5);
			assertThat(server.statistics().messages().inFlight()).isZero();
			await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
			assertThat(client.ask("later")).isEqualTo("later");
		}
	}

	@Test
	void closeWhenClientSendsTooManySendsRepliesAndEnds() throws Exception {
		try (TestServer server = start(1, 5, ExcessPolicy.CLOSE); TestClient client = server.connect()) {
			client.send(numbers(20));
			assertThat(client.readText()).isEqualTo(numbers(5));
			server.awaitClosed(CloseReason.RATE_LIMIT);
			assertThat(this.controller.closed).containsExactly(CloseReason.RATE_LIMIT);
			assertThat(server.statistics().messages().inFlight()).isZero();
		}
	}

	private TestServer start(double rate, int burst, ExcessPolicy policy) {
		return TestServer.with(this.controller).rate(rate, burst, policy).closeTimeout(Duration.ofMillis(200)).start();
	}

	private static String numbers(int count) {
		return IntStream.range(0, count).mapToObj((i) -> i + "\n").collect(Collectors.joining());
	}

	private static List<String> expected(int from, int to) {
		return IntStream.range(from, to).mapToObj(String::valueOf).toList();
	}

	private static Duration since(long began) {
		return Duration.ofNanos(System.nanoTime() - began);
	}

}
