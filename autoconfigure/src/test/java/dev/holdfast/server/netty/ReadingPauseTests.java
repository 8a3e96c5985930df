package dev.holdfast.server.netty;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pausing to read, from handlers and from other threads.
 */
@ExtendWith(LeakDetection.class)
class ReadingPauseTests {

	@Test
	void pauseWhenInHandlerKeepsRestOfPacketUntilResume() throws Exception {
		try (TestServer server = TestServer.with(new PausingController()).start();
				TestClient client = server.connect()) {
			assertThat(client.send("one\npause\ntwo\nthree\n").lines(2)).containsExactly("one", "pause");
			SocketConnection connection = server.onlyConnection();
			assertStaysAt(connection, 2);
			connection.resumeReading();
			assertThat(client.lines(2)).containsExactly("two", "three");
			assertThat(client.ask("four")).isEqualTo("four");
		}
	}

	@Test
	void pauseWhenResumedAndPausedAgainInHandlerIsPaused() throws Exception {
		try (TestServer server = TestServer.with(new PausingController()).start();
				TestClient client = server.connect()) {
			assertThat(client.send("pause\n").line()).isEqualTo("pause");
			SocketConnection connection = server.onlyConnection();
			connection.resumeReading();
			assertThat(client.send("pause-resume-pause\n").line()).isEqualTo("pause-resume-pause");
			client.send("late\n");
			assertStaysAt(connection, 2);
			connection.resumeReading();
			assertThat(client.line()).isEqualTo("late");
		}
	}

	@Test
	void pauseWhenResumedInSameCallGoesOn() throws Exception {
		try (TestServer server = TestServer.with(new PausingController()).start();
				TestClient client = server.connect()) {
			assertThat(client.send("pause-resume\ntwo\n").lines(2)).containsExactly("pause-resume", "two");
			assertThat(client.ask("three")).isEqualTo("three");
		}
	}

	@Test
	void pauseWhenFromForeignThreadReadsNoMore() throws Exception {
		try (TestServer server = TestServer.with(new PausingController()).start();
				TestClient client = server.connect()) {
			assertThat(client.ask("one")).isEqualTo("one");
			SocketConnection connection = server.onlyConnection();
			connection.pauseReading();
			connection.pauseReading();
			client.send("two\n");
			assertStaysAt(connection, 1);
			connection.resumeReading();
			connection.resumeReading();
			assertThat(client.line()).isEqualTo("two");
		}
	}

	@Test
	void pauseWhenInOnOpenWaitsForResume() throws Exception {
		try (TestServer server = TestServer.with(new PausedController()).start();
				TestClient client = server.connect()) {
			assertThat(client.line()).isEqualTo("hello");
			client.send("one\n");
			SocketConnection connection = server.onlyConnection();
			assertStaysAt(connection, 0);
			connection.resumeReading();
			assertThat(client.line()).isEqualTo("one");
		}
	}

	@Test
	void pauseWhenConnectionClosesDoesNotHoldIt() throws Exception {
		try (TestServer server = TestServer.with(new PausingController()).start();
				TestClient client = server.connect()) {
			assertThat(client.send("pause\nrest\n").line()).isEqualTo("pause");
			server.onlyConnection().close();
			assertThat(client.readText()).isEmpty();
			client.close();
			await().atMost(Duration.ofMillis(700)).until(() -> server.closed(CloseReason.HANDLER) == 1);
		}
	}

	@Test
	void pauseAndResumeWhenConnectionIsGoneHaveNoEffect() throws Exception {
		try (TestServer server = TestServer.with(new PausingController()).start();
				TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			client.reset();
			server.awaitClosed(CloseReason.TRANSPORT_ERROR);
			connection.resumeReading();
			connection.pauseReading();
			connection.resumeReading();
			assertThat(server.connect().send("one\n").line()).isEqualTo("one");
			assertThat(server.statistics().connections().closed()).containsOnlyKeys(CloseReason.TRANSPORT_ERROR);
		}
	}

	@Test
	void idleTimeWhenNothingIsReadGrowsAlsoThroughPauses() throws Exception {
		try (TestServer server = TestServer.with(new PausingController()).start();
				TestClient client = server.connect()) {
			client.send("one\nunfin");
			assertThat(client.line()).isEqualTo("one");
			SocketConnection connection = server.onlyConnection();
			await().until(() -> connection.idleTime().compareTo(Duration.ofMillis(400)) > 0);
			connection.pauseReading();
			connection.resumeReading();
			await().pollDelay(Duration.ofMillis(50)).until(() -> true);
			assertThat(connection.idleTime()).isGreaterThan(Duration.ofMillis(400));
			assertThat(client.ask("ished")).isEqualTo("unfinished");
			assertThat(connection.idleTime()).isLessThan(Duration.ofMillis(400));
		}
	}

	private static void assertStaysAt(SocketConnection connection, long messages) {
		await().during(Duration.ofMillis(200))
			.atMost(Duration.ofSeconds(2))
			.until(() -> connection.messagesReceived() == messages);
	}

	@SocketController
	static class PausingController {

		@OnMessage
		String message(SocketConnection connection, String message) {
			for (String command : message.split("-")) {
				if (command.equals("pause")) {
					connection.pauseReading();
				}
				else if (command.equals("resume")) {
					connection.resumeReading();
				}
			}
			return message;
		}

	}

	@SocketController
	static class PausedController {

		@OnOpen
		String open(SocketConnection connection) {
			connection.pauseReading();
			return "hello";
		}

		@OnMessage
		String message(String message) {
			return message;
		}

	}

}
