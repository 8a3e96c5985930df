package dev.holdfast.server.netty;

import java.net.SocketException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A frame that was begun and not finished in time.
 */
@ExtendWith(LeakDetection.class)
class FrameTimeoutTests {

	private static final Duration TIMEOUT = Duration.ofMillis(700);

	private static final Duration LATEST = TIMEOUT.plusMillis(1000);

	private final EchoController controller = new EchoController();

	@Test
	void frameWhenNotFinishedInTimeResetsConnectionNeitherEarlyNorLate() throws Exception {
		try (TestServer server = start(TIMEOUT)) {
			TestClient client = server.connect();
			assertThat(client.ask("whole")).isEqualTo("whole");
			long began = System.nanoTime();
			client.send("begun");
			assertThatExceptionOfType(SocketException.class).isThrownBy(client::readAll).withMessageContaining("reset");
			Duration took = Duration.ofNanos(System.nanoTime() - began);
			assertThat(took).isBetween(TIMEOUT, LATEST.plusMillis(100));
			server.awaitClosed(CloseReason.FRAME_TIMEOUT);
			assertThat(this.controller.closed).containsExactly(CloseReason.FRAME_TIMEOUT);
		}
	}

	@Test
	void frameWhenTricklingIsMeasuredFromItsFirstByte() throws Exception {
		try (TestServer server = start(TIMEOUT)) {
			TestClient client = server.connect();
			long began = System.nanoTime();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				while (true) {
					client.send("x");
					await().pollDelay(Duration.ofMillis(20)).until(() -> true);
				}
			});
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(TIMEOUT, LATEST.plusMillis(200));
		}
	}

	@Test
	void connectionWhenQuietBetweenFramesStaysOpen() throws Exception {
		try (TestServer server = start(TIMEOUT)) {
			TestClient client = server.connect();
			assertThat(client.send("a\nb").line()).isEqualTo("a");
			assertThat(client.send("\n").line()).isEqualTo("b");
			await().during(LATEST.plusMillis(200)).atMost(Duration.ofSeconds(5)).until(() -> server.active() == 1);
			assertThat(client.ask("c")).isEqualTo("c");
		}
	}

	@Test
	void frameWhenTimeoutIsOffMayTakeLonger() throws Exception {
		try (TestServer server = start(Duration.ZERO)) {
			TestClient client = server.connect().send("be");
			await().during(LATEST).atMost(Duration.ofSeconds(5)).until(() -> server.active() == 1);
			assertThat(client.ask("gun")).isEqualTo("begun");
		}
	}

	private TestServer start(Duration timeout) {
		return TestServer.with(this.controller).frameTimeout(timeout).start();
	}

}
