package dev.holdfast.server.netty;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How the server closes connections.
 */
@ExtendWith(LeakDetection.class)
class ClosingTests {

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	private static final String LONG_REPLY = "r".repeat(299_999);

	private final CommandController controller = new CommandController();

	@Test
	void closeWhenClientKeepsSendingDeliversLongReplyThenFin() throws Exception {
		try (TestServer server = start(); TestClient client = server.connect(); Flood flood = new Flood(client)) {
			client.send("long\n");
			flood.start();
			assertThat(client.readAll()).hasSize(LONG_REPLY.length() + 1);
			flood.close();
			client.close();
			server.awaitClosed(CloseReason.HANDLER);
			assertThat(this.controller.closed).containsExactly(CloseReason.HANDLER);
		}
	}

	@Test
	void abortWhenSocketIsClosedAlreadyLeavesNextSocketWithItsNumberAlone() throws Exception {
		List<SocketChannel> next = new ArrayList<>();
		try (TestServer server = start(); TestClient client = server.connect()) {
			NettyConnection connection = (NettyConnection) server.onlyConnection();
			connection.channel.eventLoop().submit(() -> {
				connection.channel.unsafe().close(connection.channel.newPromise());
				for (int i = 0; i < 50; i++) {
					next.add(SocketChannel.open());
				}
				connection.abortNow(CloseReason.TRANSPORT_ERROR);
				return null;
			}).get();
			for (SocketChannel channel : next) {
				assertThat(channel.getOption(StandardSocketOptions.SO_LINGER)).isEqualTo(-1);
			}
			server.awaitClosed(CloseReason.TRANSPORT_ERROR);
		}
		finally {
			for (SocketChannel channel : next) {
				channel.close();
			}
		}
	}

	@Test
	void lingeringWhenClientEndsIsOverAtOnce() throws Exception {
		try (TestServer server = start(Duration.ofSeconds(30)); TestClient client = server.connect()) {
			client.send("close\n");
			assertThat(client.readText()).isEmpty();
			assertThat(server.active()).isOne();
			assertThat(server.connections().count()).isZero();
			client.close();
			await().atMost(Duration.ofSeconds(2)).until(() -> server.active() == 0);
		}
	}

	@Test
	void lingeringWhenClientStaysIsOverAfterTimeout() throws Exception {
		try (TestServer server = start(); TestClient client = server.connect()) {
			long began = System.nanoTime();
			client.send("close\n");
			assertThat(client.readText()).isEmpty();
			await().pollInterval(Duration.ofMillis(5)).until(() -> server.active() == 0);
			Duration took = Duration.ofNanos(System.nanoTime() - began);
			assertThat(took).isBetween(CLOSE_TIMEOUT, CLOSE_TIMEOUT.plusMillis(1100));
			assertThat(this.controller.closed).containsExactly(CloseReason.HANDLER);
		}
	}

	@Test
	void closeWhenClientNeverReadsIsOverAfterTimeout() throws Exception {
		try (TestServer server = TestServer.with(this.controller).sendBuffer(4096).start();
				TestClient client = server.connect(1024)) {
			long began = System.nanoTime();
			client.send("long\n");
			await().pollInterval(Duration.ofMillis(5)).until(() -> server.closed(CloseReason.HANDLER) == 1);
			Duration took = Duration.ofNanos(System.nanoTime() - began);
			assertThat(took).isBetween(CLOSE_TIMEOUT, CLOSE_TIMEOUT.plusMillis(1100));
		}
	}

	@Test
	void closeWhenClientReadsSlowlyDeliversEverything() throws Exception {
		try (TestServer server = TestServer.with(this.controller).sendBuffer(4096).start();
				TestClient client = server.connect(4096)) {
			client.send("long\n");
			int read = 0;
			for (int i = 0; i < 30; i++) {
				await().pollDelay(Duration.ofMillis(100)).until(() -> true);
				read += client.read(5000).length;
			}
			assertThat(read + client.readAll().length).isEqualTo(LONG_REPLY.length() + 1);
			client.close();
			server.awaitClosed(CloseReason.HANDLER);
		}
	}

	@Test
	void closeWhenCalledTwiceKeepsFirstReason() throws Exception {
		try (TestServer server = start(); TestClient client = server.connect()) {
			client.send("twice\n");
			assertThat(client.readText()).isEmpty();
			client.close();
			server.awaitClosed(CloseReason.KICKED);
			assertThat(server.active()).isZero();
			assertThat(this.controller.closed).containsExactly(CloseReason.KICKED);
		}
	}

	@Test
	void closeWhenFollowedByMessagesOfSamePacketDoesNotHandleThem() throws Exception {
		try (TestServer server = start(); TestClient client = server.connect()) {
			client.send("one\nclose\ntwo\nthree\n");
			assertThat(client.readText()).isEqualTo("one\n");
			client.close();
			server.awaitClosed(CloseReason.HANDLER);
			assertThat(server.statistics().messages().received()).isEqualTo(2);
			assertThat(server.statistics().messages().handled()).isEqualTo(2);
		}
	}

	@Test
	void closeWhenFromForeignThreadSendsWhatItSentFirst() throws Exception {
		try (TestServer server = start(); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			assertThat(connection.send("bye")).isTrue();
			connection.close(CloseReason.KICKED);
			assertThat(client.readText()).isEqualTo("bye\n");
			client.close();
			server.awaitClosed(CloseReason.KICKED);
		}
	}

	@Test
	void closeWhenForeignThreadSentBeforeSendsThatFirst() throws Exception {
		try (TestServer server = start(); TestClient client = server.connect()) {
			client.send("foreign\n");
			assertThat(client.readText()).isEqualTo("from another thread\n");
			client.close();
			server.awaitClosed(CloseReason.HANDLER);
		}
	}

	@Test
	void closeWhenInOnOpenSendsGreetingAndDoesNotHandleMessages() throws Exception {
		ClosingController closing = new ClosingController();
		try (TestServer server = TestServer.with(closing).start(); TestClient client = server.connect()) {
			client.send("one\ntwo\n");
			assertThat(client.readText()).isEqualTo("sorry\n");
			client.close();
			server.awaitClosed(CloseReason.LOGIN_TIMEOUT);
			assertThat(server.statistics().messages().received()).isZero();
		}
	}

	@Test
	void closeWhenAbortedResetsConnection() throws Exception {
		try (TestServer server = start(); TestClient client = server.connect()) {
			server.onlyConnection().close(CloseReason.SLOW_CONSUMER);
			assertThatExceptionOfType(SocketException.class).isThrownBy(client::readAll).withMessageContaining("reset");
			server.awaitClosed(CloseReason.SLOW_CONSUMER);
			assertThat(this.controller.closed).containsExactly(CloseReason.SLOW_CONSUMER);
		}
	}

	@Test
	void sendWhenClosedTakesNothing() throws Exception {
		try (TestServer server = start(); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			connection.close();
			assertThat(client.readText()).isEmpty();
			assertThat(connection.isOpen()).isFalse();
			assertThat(connection.isWritable()).isFalse();
			assertThat(connection.send("late")).isFalse();
			assertThat(server.statistics().messages().sent()).isZero();
		}
	}

	private TestServer start() {
		return start(CLOSE_TIMEOUT);
	}

	private TestServer start(Duration closeTimeout) {
		return TestServer.with(this.controller).closeTimeout(closeTimeout).start();
	}

	@SocketController
	static class CommandController {

		final Queue<CloseReason> closed = new ConcurrentLinkedQueue<>();

		@OnMessage
		String message(SocketConnection connection, String message) throws Exception {
			switch (message) {
				case "long" -> {
					connection.send(LONG_REPLY);
					connection.close();
				}
				case "close" -> connection.close();
				case "twice" -> {
					connection.close(CloseReason.KICKED);
					connection.close();
				}
				case "foreign" -> {
					CompletableFuture.supplyAsync(() -> connection.send("from another thread")).get();
					connection.close();
				}
				default -> {
					return message;
				}
			}
			return null;
		}

		@OnClose
		void closed(CloseReason reason) {
			this.closed.add(reason);
		}

	}

	@SocketController
	static class ClosingController {

		@OnOpen
		void open(SocketConnection connection) {
			connection.send("sorry");
			connection.close(CloseReason.LOGIN_TIMEOUT);
		}

		@OnMessage
		String message(String message) {
			return message;
		}

	}

	/**
	 * Sends without end.
	 */
	private static final class Flood implements AutoCloseable {

		private final CountDownLatch began = new CountDownLatch(1);

		private final Thread thread;

		private volatile boolean stopped;

		Flood(TestClient client) {
			this.thread = new Thread(() -> run(client));
		}

		void start() throws InterruptedException {
			this.thread.start();
			this.began.await(5, TimeUnit.SECONDS);
		}

		private void run(TestClient client) {
			try {
				while (!this.stopped) {
					client.send("more of it\n".repeat(100));
					this.began.countDown();
				}
			}
			catch (IOException ex) {
				this.stopped = true;
			}
		}

		@Override
		public void close() throws InterruptedException {
			this.stopped = true;
			this.thread.join(5000);
		}

	}

}
