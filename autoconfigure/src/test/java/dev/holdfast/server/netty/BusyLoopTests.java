package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.limit.OverflowPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Sending from other threads to an event loop that is busy.
 */
@ExtendWith(LeakDetection.class)
class BusyLoopTests {

	private static final int MAX_PENDING = 64 * 1024;

	@Test
	void sendWhenLoopIsBusyWaitsAsOneTaskAndFewBytes() throws Exception {
		try (TestServer server = server(OverflowPolicy.DROP); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			try (Hold hold = new Hold(connection)) {
				int tasks = hold.pendingTasks();
				for (int i = 0; i < 10_000; i++) {
					assertThat(connection.send("%04d".formatted(i))).isTrue();
				}
				assertThat(hold.pendingTasks() - tasks).isLessThan(10);
				assertThat(connection.pendingBytes()).isBetween(50_000L, 60_000L);
			}
			assertThat(client.lines(10_000)).first().isEqualTo("0000");
			assertThat(connection.messagesSent()).isEqualTo(10_000);
			await().until(() -> connection.pendingBytes() == 0);
		}
	}

	@Test
	void sendWhenBroadcastsComeBetweenCountsWhatWaitingCosts() throws Exception {
		try (TestServer server = server(OverflowPolicy.DROP); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			int taken = 0;
			try (Hold hold = new Hold(connection)) {
				while (connection.send("s") && server.connections().all().send("b") == 1) {
					taken++;
				}
				assertThat(taken).isBetween(10, MAX_PENDING / QueuedMessages.OVERHEAD);
			}
			assertThat(client.lines(2 * taken)).contains("s", "b");
			assertThat(server.statistics().messages().dropped()).isOne();
			await().until(() -> connection.pendingBytes() == 0);
			assertThat(connection.send("again")).isTrue();
		}
	}

	@Test
	void sendWhenManyFuturesWaitCountsThem() throws Exception {
		try (TestServer server = server(OverflowPolicy.DROP); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			List<CompletableFuture<Void>> futures = new ArrayList<>();
			try (Hold hold = new Hold(connection)) {
				do {
					futures.add(connection.sendAsync("f"));
				}
				while (!futures.get(futures.size() - 1).isDone());
				assertThat(futures).hasSizeBetween(10, MAX_PENDING / QueuedMessages.FUTURE_OVERHEAD + 1);
			}
			assertThat(futures.remove(futures.size() - 1)).isCompletedExceptionally();
			CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
			assertThat(client.lines(futures.size())).containsOnly("f");
		}
	}

	@Test
	void sendWhenThreadsMixAllWaysKeepsOrderOfEach() throws Exception {
		try (TestServer server = server(OverflowPolicy.CLOSE); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			Connections connections = server.connections();
			try (Hold hold = new Hold(connection)) {
				List<Thread> threads = IntStream.range(0, 4)
					.mapToObj((t) -> new Thread(() -> sendAll(connection, connections, t)))
					.toList();
				threads.forEach(Thread::start);
				for (Thread thread : threads) {
					thread.join(10_000);
				}
			}
			List<String> lines = client.lines(4 * 60);
			for (int t = 0; t < 4; t++) {
				String prefix = t + " ";
				assertThat(lines.stream().filter((line) -> line.startsWith(prefix)).map((line) -> line.substring(2)))
					.containsExactlyElementsOf(IntStream.range(0, 60).mapToObj(Integer::toString).toList());
			}
		}
	}

	private static void sendAll(SocketConnection connection, Connections connections, int thread) {
		for (int i = 0; i < 60; i++) {
			String message = thread + " " + i;
			switch (i % 6) {
				case 0, 1, 4 -> connection.send(message);
				case 2, 3 -> connection.sendAsync(message);
				default -> connections.all().send(message);
			}
		}
	}

	@Test
	void closeWhenMessagesWaitComesAfterThem() throws Exception {
		try (TestServer server = server(OverflowPolicy.CLOSE); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			CompletableFuture<Void> before;
			try (Hold hold = new Hold(connection)) {
				connection.send("one");
				before = connection.sendAsync("two");
				connection.close();
			}
			assertThat(client.readText()).isEqualTo("one\ntwo\n");
			before.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void sendAsyncWhenConnectionDiesFirstFails() throws Exception {
		try (TestServer server = server(OverflowPolicy.CLOSE); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			CompletableFuture<Void> future;
			try (Hold hold = new Hold(connection)) {
				connection.close(CloseReason.SLOW_CONSUMER);
				future = connection.sendAsync("late");
				assertThat(future).isNotDone();
			}
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> future.get(10, TimeUnit.SECONDS));
			server.awaitClosed(CloseReason.SLOW_CONSUMER);
			assertThat(connection.pendingBytes()).isZero();
		}
	}

	@Test
	void pendingBytesWhenHandlerHasSentTellsThem() throws Exception {
		try (TestServer server = TestServer.with(new PendingController()).start();
				TestClient client = server.connect()) {
			assertThat(client.send("x\n").lines(2)).containsExactly("12345", "6");
		}
	}

	private static TestServer server(OverflowPolicy policy) throws Exception {
		return TestServer.with(new EchoController()).outbound(32 * 1024, MAX_PENDING, policy).start();
	}

	/**
	 * Keeps the event loop of a connection busy until it is closed.
	 */
	private static final class Hold implements AutoCloseable {

		private final CountDownLatch release = new CountDownLatch(1);

		private final SingleThreadEventExecutor eventLoop;

		Hold(SocketConnection connection) throws InterruptedException {
			this.eventLoop = (SingleThreadEventExecutor) ((NettyConnection) connection).home.loop.eventLoop;
			CountDownLatch held = new CountDownLatch(1);
			this.eventLoop.execute(() -> {
				held.countDown();
				await(this.release);
			});
			await(held);
		}

		private static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		int pendingTasks() {
			return this.eventLoop.pendingTasks();
		}

		@Override
		public void close() {
			this.release.countDown();
		}

	}

	@SocketController
	static class PendingController {

		@OnMessage
		String message(SocketConnection connection, String message) {
			connection.send("12345");
			return Long.toString(connection.pendingBytes());
		}

	}

}
