package dev.holdfast.server.context;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Processes that are told to end while clients are busy: for 2 rounds, or with
 * {@code -Dholdfast.restarts=20} for that many.
 */
@Timeout(120)
class RestartTests {

	private static final int ROUNDS = Integer.getInteger("holdfast.restarts", 2);

	private static final int CLIENTS = 200;

	private static final int IN_FLIGHT = 16;

	private static final Duration GRACE = Duration.ofSeconds(20);

	static IntStream rounds() {
		return IntStream.range(0, ROUNDS);
	}

	@ParameterizedTest
	@MethodSource("rounds")
	void signalWhenClientsAreBusyAnswersAllThatWasRead(int round) throws Exception {
		try (RestartedProcess process = new RestartedProcess("--holdfast.shutdown.grace=" + GRACE.toSeconds() + "s",
				"--holdfast.shutdown.drain-rate=400")) {
			List<PipeliningClient> clients = IntStream.range(0, CLIENTS)
				.mapToObj((i) -> new PipeliningClient(process.port(), IN_FLIGHT))
				.toList();
			clients.forEach(Thread::start);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> clients.stream().allMatch((client) -> client.replies() > IN_FLIGHT + round));
			process.signal();
			long[] counts = process.counts();
			assertThat(process.awaitEnd(GRACE)).isEqualTo(RestartedProcess.TERMINATED);
			for (PipeliningClient client : clients) {
				client.join();
			}
			assertThat(clients).allSatisfy((client) -> assertThat(client.failure()).isNull());
			long replies = clients.stream().mapToLong(PipeliningClient::replies).sum();
			assertThat(counts).containsExactly(replies, replies, replies, 0);
		}
	}

	@Test
	void signalWhenDrainingAbortsAtOnce() throws Exception {
		try (RestartedProcess process = new RestartedProcess("--holdfast.shutdown.grace=100s");
				SocketTestClient client = SocketTestClient.connect(process.port())) {
			client.send("stuck");
			process.await("is stuck");
			process.signal();
			await().atMost(Duration.ofSeconds(20)).until(() -> isRefused(process.port()));
			process.signal();
			process.await("told to end again");
			assertThat(process.awaitEnd(Duration.ofSeconds(30))).isEqualTo(RestartedProcess.TERMINATED);
		}
	}

	@Test
	void signalWhenWaitingForTheDelayEndsAtOnce() throws Exception {
		try (RestartedProcess process = new RestartedProcess("--holdfast.shutdown.delay=100s")) {
			process.signal();
			process.await("connections are accepted for");
			process.signal();
			assertThat(process.awaitEnd(Duration.ofSeconds(30))).isEqualTo(RestartedProcess.TERMINATED);
		}
	}

	private static boolean isRefused(int port) {
		try {
			SocketTestClient.connect(port).close();
			return false;
		}
		catch (RuntimeException ex) {
			return true;
		}
	}

}
