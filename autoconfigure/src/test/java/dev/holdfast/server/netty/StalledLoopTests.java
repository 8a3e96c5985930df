package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.limit.OverflowPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An event loop that does nothing for a while, because a handler holds it or the process
 * got no time, and what becomes of its connections.
 */
@ExtendWith(LeakDetection.class)
class StalledLoopTests {

	private static final Duration TIMEOUT = Duration.ofMillis(2500);

	private static final Duration STALL = Duration.ofMillis(4000);

	private static final int MAX_PENDING = 256 * 1024;

	private static final String PUSH = "p".repeat(127);

	private final StallingController controller = new StallingController();

	@Test
	void stallWhenLongerThanDeadlinesSparesWhoSentMeanwhile() throws Exception {
		try (TestServer server = TestServer.with(this.controller)
			.eventLoops(1)
			.frameTimeout(TIMEOUT)
			.idleTimeout(TIMEOUT)
			.start()) {
			TestClient holder = server.connect();
			TestClient sending = server.connect();
			TestClient half = server.connect();
			TestClient quiet = server.connect();
			assertThat(half.ask("whole")).isEqualTo("whole");
			half.send("be");
			await().until(() -> ((NettyConnection) server.connectionOf(half)).inputDue() != 0);
			holder.send("stall\n");
			this.controller.awaitStall();
			half.send("gun\n");
			sending.send("here\n");
			pass(STALL);
			this.controller.go();
			assertThat(half.line()).isEqualTo("begun");
			assertThat(sending.line()).isEqualTo("here");
			assertThat(quiet.readText()).isEmpty();
			await().until(() -> server.closed(CloseReason.IDLE) == 4);
			assertThat(server.closed(CloseReason.FRAME_TIMEOUT)).isZero();
		}
	}

	@Test
	void floodWhenLoopIsStalledIsBoundedAndToldAndOver() throws Exception {
		try (TestServer server = TestServer.with(this.controller)
			.eventLoops(1)
			.outbound(64 * 1024, MAX_PENDING, OverflowPolicy.DROP)
			.start()) {
			TestClient holder = server.connect();
			TestClient flooded = server.connect();
			TestClient other = server.connect();
			server.awaitOpen(3);
			NettyConnection connection = (NettyConnection) server.connectionOf(flooded);
			holder.send("stall\n");
			this.controller.awaitStall();
			other.send("after\n");
			int taken = flood(connection, 4, 20_000);
			assertThat(connection.pendingBytes()).isLessThanOrEqualTo(MAX_PENDING + PUSH.length() + 1);
			assertThat(server.statistics().messages().dropped()).isEqualTo(80_000 - taken);
			assertThat(((SingleThreadEventExecutor) connection.channel.eventLoop()).pendingTasks()).isLessThan(20);
			await().until(() -> connection.home.loop.lagNanos() > TimeUnit.MILLISECONDS.toNanos(100));
			this.controller.go();
			assertThat(other.line()).isEqualTo("after");
			assertThat(flooded.lines(taken)).containsOnly(PUSH);
			await().until(() -> connection.pendingBytes() == 0);
			assertThat(flooded.ask("and now")).isEqualTo("and now");
			assertThat(holder.line()).isEqualTo("over");
		}
	}

	private static int flood(NettyConnection connection, int threads, int messages) throws Exception {
		AtomicInteger taken = new AtomicInteger();
		List<Thread> senders = IntStream.range(0, threads).mapToObj((i) -> new Thread(() -> {
			for (int j = 0; j < messages; j++) {
				taken.addAndGet(connection.send(PUSH) ? 1 : 0);
			}
		})).toList();
		senders.forEach(Thread::start);
		for (Thread sender : senders) {
			sender.join(30_000);
		}
		return taken.get();
	}

	private static void pass(Duration time) {
		await().pollDelay(time).until(() -> true);
	}

	/**
	 * Holds the event loop until it is told to go on.
	 */
	@SocketController
	static class StallingController {

		private final CountDownLatch stalled = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		@OnMessage
		String message(String message) throws InterruptedException {
			if (!message.equals("stall")) {
				return message;
			}
			this.stalled.countDown();
			this.goOn.await(30, TimeUnit.SECONDS);
			return "over";
		}

		void awaitStall() throws InterruptedException {
			assertThat(this.stalled.await(10, TimeUnit.SECONDS)).isTrue();
		}

		void go() {
			this.goOn.countDown();
		}

	}

}
