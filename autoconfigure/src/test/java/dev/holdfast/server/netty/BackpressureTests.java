package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnWritable;
import dev.holdfast.handler.SocketController;
import dev.holdfast.limit.OverflowPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that do not read what is sent to them.
 */
@ExtendWith(LeakDetection.class)
class BackpressureTests {

	private static final int SMALL = 4096;

	private static final String PUSH = "p".repeat(9_999);

	private final EchoController controller = new EchoController();

	@Test
	void repliesWhenClientSendsAllRequestsFirstComeInOrder() throws Exception {
		try (TestServer server = TestServer.with(this.controller).sendBuffer(SMALL).start();
				TestClient client = server.connect(SMALL)) {
			String sent = IntStream.range(0, 100_000).mapToObj((i) -> i + "\n").collect(Collectors.joining());
			Thread writer = new Thread(() -> send(client, sent));
			writer.start();
			await().during(Duration.ofMillis(500)).until(() -> server.closed(CloseReason.SLOW_CONSUMER) == 0);
			assertThat(server.onlyConnection().pendingBytes()).isBetween(1L, 256 * 1024L);
			assertThat(new String(client.read(sent.length()))).isEqualTo(sent);
			writer.join();
			assertThat(server.statistics().messages().handled()).isEqualTo(100_000);
			await().until(() -> server.onlyConnection().pendingBytes() == 0);
		}
	}

	@Test
	void pushWhenClientNeverReadsClosesAsSlowConsumer() throws Exception {
		try (TestServer server = start(OverflowPolicy.CLOSE); TestClient client = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			TestClient other = server.connect();
			int taken = pushUntilRefused(connection);
			assertThat(taken).isBetween(100, 200);
			server.awaitClosed(CloseReason.SLOW_CONSUMER);
			assertThat(this.controller.closed).containsExactly(CloseReason.SLOW_CONSUMER);
			assertThat(server.statistics().messages().sent()).isEqualTo(taken);
			assertThat(server.statistics().messages().dropped()).isPositive();
			assertThat(connection.pendingBytes()).isZero();
			assertThat(other.ask("undisturbed")).isEqualTo("undisturbed");
		}
	}

	@Test
	void pushWhenClientNeverReadsAndPolicyIsDropDropsAndCounts() throws Exception {
		try (TestServer server = start(OverflowPolicy.DROP); TestClient client = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			int taken = 0;
			for (int i = 0; i < 1000; i++) {
				taken += connection.send(PUSH) ? 1 : 0;
			}
			long dropped = 1000 - taken;
			assertThat(dropped).isPositive();
			await().untilAsserted(() -> assertThat(server.statistics().messages().dropped()).isEqualTo(dropped));
			assertThat(server.statistics().messages().sent()).isEqualTo(taken);
			assertThat(connection.isOpen()).isTrue();
			assertThat(connection.isWritable()).isFalse();
			assertThat(client.read(taken * (PUSH.length() + 1))).hasSize(taken * (PUSH.length() + 1));
			await().until(() -> connection.pendingBytes() == 0 && connection.isWritable());
			assertThat(connection.send("again")).isTrue();
			assertThat(client.line()).isEqualTo("again");
		}
	}

	@ParameterizedTest
	@EnumSource(OverflowPolicy.class)
	void pushWhenLoopIsBusyLeavesNoTasksForRefusedMessages(OverflowPolicy policy) throws Exception {
		BusyController busy = new BusyController();
		try (TestServer server = TestServer.with(busy).outbound(1000, 100_000, policy).start();
				TestClient client = server.connect();
				AutoCloseable release = busy.release::countDown) {
			NettyConnection connection = (NettyConnection) server.onlyConnection();
			client.send("wait\n");
			assertThat(busy.entered.await(5, TimeUnit.SECONDS)).isTrue();
			pushUntilRefused(connection);
			int tasks = pendingTasks(connection);
			IntStream.range(0, 10_000).forEach((i) -> connection.send(PUSH));
			assertThat(pendingTasks(connection)).isLessThan(tasks + 5);
			assertThat(server.statistics().messages().dropped()).isEqualTo(10_001);
		}
	}

	@Test
	void broadcastWhenOneClientNeverReadsReachesTheOthers() throws Exception {
		try (TestServer server = start(OverflowPolicy.DROP); TestClient slow = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			pushUntilRefused(connection);
			TestClient fast = server.connect();
			server.awaitOpen(2);
			pushUntilRefused(connection);
			assertThat(server.connections().all().send("news")).isOne();
			assertThat(fast.line()).isEqualTo("news");
		}
	}

	@Test
	void sendWhenHandlerSendsMoreThanPendingAllowsIsRefused() throws Exception {
		try (TestServer server = TestServer.with(new FloodingController())
			.outbound(64 * 1024, 1024 * 1024, OverflowPolicy.DROP)
			.sendBuffer(SMALL)
			.start(); TestClient client = server.connect(SMALL)) {
			client.send("1000\n");
			SocketConnection connection = server.onlyConnection();
			await().until(() -> server.statistics().messages().handled() == 1);
			long sent = server.statistics().messages().sent();
			assertThat(sent).isBetween(100L, 200L);
			assertThat(server.statistics().messages().dropped()).isEqualTo(1000 - sent);
			assertThat(client.read((int) sent * (PUSH.length() + 1))).hasSize((int) sent * (PUSH.length() + 1));
			await().until(() -> connection.pendingBytes() == 0);
		}
	}

	@Test
	void onWritableWhenClientReadsAgainIsCalledAndMaySend() throws Exception {
		WritableController writable = new WritableController("more");
		try (TestServer server = TestServer.with(writable).sendBuffer(SMALL).start();
				TestClient client = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			assertThat(connection.send("x".repeat(500_000))).isTrue();
			await().until(() -> !connection.isWritable());
			assertThat(writable.calls).hasValue(0);
			assertThat(client.line()).hasSize(500_000);
			assertThat(client.line()).isEqualTo("more");
			assertThat(writable.calls).hasValue(1);
		}
	}

	@Test
	void onWritableWhenItFailsSendsReplyOfOnError() throws Exception {
		try (TestServer server = TestServer.with(new WritableController(null)).sendBuffer(SMALL).start();
				TestClient client = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			connection.send("x".repeat(500_000));
			await().until(() -> !connection.isWritable());
			assertThat(client.line()).hasSize(500_000);
			assertThat(client.line()).isEqualTo("sorry");
			assertThat(server.statistics().messages().failed()).isOne();
		}
	}

	private TestServer start(OverflowPolicy policy) {
		return TestServer.with(this.controller).outbound(64 * 1024, 1024 * 1024, policy).sendBuffer(SMALL).start();
	}

	private static int pendingTasks(NettyConnection connection) {
		return ((SingleThreadEventExecutor) connection.channel.eventLoop()).pendingTasks();
	}

	private static int pushUntilRefused(SocketConnection connection) {
		int taken = 0;
		while (connection.send(PUSH)) {
			taken++;
		}
		return taken;
	}

	private static void send(TestClient client, String text) {
		try {
			client.send(text);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SocketController
	static class FloodingController {

		@OnMessage
		void message(SocketConnection connection, String count) {
			for (int i = 0; i < Integer.parseInt(count); i++) {
				connection.send(PUSH);
			}
		}

	}

	@SocketController
	static class BusyController {

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		@OnMessage
		void message(String message) throws InterruptedException {
			this.entered.countDown();
			this.release.await(10, TimeUnit.SECONDS);
		}

	}

	@SocketController
	static class WritableController {

		final AtomicInteger calls = new AtomicInteger();

		private final String message;

		WritableController(String message) {
			this.message = message;
		}

		@OnWritable
		void writable(SocketConnection connection) {
			if (this.message == null) {
				throw new IllegalStateException("Nothing to send");
			}
			this.calls.incrementAndGet();
			connection.send(this.message);
		}

		@OnError
		String error(IllegalStateException ex) {
			return "sorry";
		}

	}

}
