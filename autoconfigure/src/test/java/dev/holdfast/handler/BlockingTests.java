package dev.holdfast.handler;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.core.task.TaskDecorator;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Blocking @Blocking} methods.
 */
class BlockingTests {

	private static final String ROUTED = "holdfast.servers.test.route.delimiter=\\x20";

	private static final String ONE_LOOP = "holdfast.event-loops=1";

	@Test
	void messageWhenOtherConnectionBlocksIsAnsweredOnSameLoop() {
		MixedHandler handler = new MixedHandler();
		try (HandlerServer server = HandlerServer.start(handler, ROUTED, ONE_LOOP);
				SocketTestClient slow = server.connect();
				SocketTestClient fast = server.connect()) {
			fast.send("loop warm-up");
			assertThat(fast.receive()).startsWith("holdfast-");
			slow.send("wait 1");
			await().until(() -> handler.waiting.get() == 1);
			long begin = System.nanoTime();
			fast.send("loop 1");
			fast.receive();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(50));
			handler.released.countDown();
			slow.expect("waited");
		}
	}

	@Test
	void messageWhenOneMethodBlocksKeepsOrderOfReplies() {
		MixedHandler handler = new MixedHandler();
		handler.released.countDown();
		try (HandlerServer server = HandlerServer.start(handler, ROUTED, "holdfast.servers.test.concurrency=4");
				SocketTestClient client = server.connect()) {
			client.send("wait 1");
			client.send("loop 1");
			client.send("wait 2");
			client.expect("waited");
			assertThat(client.receive()).doesNotStartWith("waited");
			client.expect("waited");
		}
	}

	@Test
	void threadWhenNothingIsConfiguredIsOfPool() {
		try (HandlerServer server = HandlerServer.start(new ThreadHandler());
				SocketTestClient client = server.connect()) {
			client.expect("open holdfast-blocking-1");
			client.send("x");
			assertThat(client.receive()).startsWith("holdfast-blocking-").endsWith(" false");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void threadWhenVirtualThreadsAreEnabledIsVirtual() {
		try (HandlerServer server = HandlerServer.start(new ThreadHandler(), "spring.threads.virtual.enabled=true");
				SocketTestClient client = server.connect()) {
			assertThat(client.receive()).startsWith("open holdfast-blocking-");
			client.send("x");
			assertThat(client.receive()).startsWith("holdfast-blocking-").endsWith(" true");
		}
	}

	@Test
	void threadWhenExecutionIsBlockingIsOfPoolForEachMethod() {
		try (HandlerServer server = HandlerServer.start(new MixedHandler(), ROUTED,
				"holdfast.servers.test.execution=blocking"); SocketTestClient client = server.connect()) {
			client.send("loop 1");
			assertThat(client.receive()).startsWith("holdfast-blocking-");
		}
	}

	@Test
	void threadWhenThereIsExecutorBeanIsItsOwn() {
		ExecutorService executor = Executors.newSingleThreadExecutor((task) -> new Thread(task, "mine"));
		try (HandlerServer server = HandlerServer.start(new ThreadHandler(),
				new HandlerServer.Named("holdfastExecutor", executor)); SocketTestClient client = server.connect()) {
			client.expect("open mine");
		}
		executor.shutdownNow();
	}

	@Test
	void executorWhenItRunsTasksAtOnceOrFailsNeverLosesMessage() {
		AtomicInteger calls = new AtomicInteger();
		Executor executor = (task) -> {
			if (calls.incrementAndGet() % 2 == 0) {
				throw new OutOfMemoryError("unable to create native thread, on purpose");
			}
			task.run();
		};
		try (HandlerServer server = HandlerServer.start(new SimpleHandler(),
				new HandlerServer.Named("holdfastExecutor", executor)); SocketTestClient client = server.connect()) {
			for (int i = 0; i < 3; i++) {
				client.send("fine");
				client.expect("fine");
				client.send("lost");
				client.expect("error: OutOfMemoryError");
			}
			await().until(() -> server.messages().inFlight() == 0);
			assertThat(server.messages().failed()).isEqualTo(3);
		}
	}

	@Test
	void taskWhenThereAreDecoratorsIsDecorated() {
		TaskDecorator naming = (task) -> () -> {
			Thread.currentThread().setName("decorated");
			task.run();
		};
		TaskDecorator other = (task) -> task;
		try (HandlerServer server = HandlerServer.start(new ThreadHandler(), naming, other);
				SocketTestClient client = server.connect()) {
			client.expect("open decorated");
		}
	}

	@Test
	void queueWhenFullPausesReadingAndLosesNothing() {
		MixedHandler handler = new MixedHandler();
		try (HandlerServer server = HandlerServer.start(handler, ROUTED, "holdfast.blocking.max-threads=1",
				"holdfast.blocking.queue=1");
				SocketTestClient running = server.connect();
				SocketTestClient queued = server.connect();
				SocketTestClient refused = server.connect()) {
			running.send("wait 1");
			await().until(() -> handler.waiting.get() == 1);
			queued.send("wait 2");
			await().until(() -> server.messages().received() == 2);
			refused.send("wait 3");
			await().until(() -> server.messages().received() == 3);
			await().pollDelay(Duration.ofMillis(100)).until(() -> true);
			refused.send("wait 4");
			await().during(Duration.ofMillis(200)).until(() -> server.messages().received() == 3);
			handler.released.countDown();
			List.of(running, queued, refused, refused).forEach((client) -> client.expect("waited"));
			assertThat(server.messages().failed()).isZero();
		}
	}

	@Test
	void poolWhenThousandConnectionsBlockAnswersAllAtOnce() throws Exception {
		assertThat(timeOfThousand("holdfast.blocking.max-threads=1000")).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsWhenThousandConnectionsBlockAnswerAllAtOnce() throws Exception {
		assertThat(timeOfThousand("spring.threads.virtual.enabled=true")).isLessThan(Duration.ofSeconds(2));
	}

	private static Duration timeOfThousand(String property) throws Exception {
		List<Socket> sockets = new ArrayList<>();
		try (HandlerServer server = HandlerServer.start(new SleepingHandler(), property)) {
			for (int i = 0; i < 1000; i++) {
				sockets.add(new Socket("127.0.0.1", server.port()));
			}
			long begin = System.nanoTime();
			for (Socket socket : sockets) {
				socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
			}
			for (Socket socket : sockets) {
				assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine())
					.isEqualTo("hello");
			}
			return Duration.ofNanos(System.nanoTime() - begin);
		}
		finally {
			for (Socket socket : sockets) {
				socket.close();
			}
		}
	}

	@SocketController
	static class MixedHandler {

		final AtomicInteger waiting = new AtomicInteger();

		final CountDownLatch released = new CountDownLatch(1);

		@Blocking
		@OnMessage("wait")
		String await() throws InterruptedException {
			this.waiting.incrementAndGet();
			this.released.await();
			return "waited";
		}

		@OnMessage("loop")
		String loop() {
			return Thread.currentThread().getName();
		}

	}

	@Blocking
	@SocketController
	static class ThreadHandler {

		@OnOpen
		String open() {
			return "open " + Thread.currentThread().getName();
		}

		@OnMessage
		String message(String line) throws Exception {
			Thread thread = Thread.currentThread();
			boolean virtual = Runtime.version().feature() >= 21
					&& (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
			return thread.getName() + " " + virtual;
		}

	}

	@SocketController
	static class SimpleHandler {

		@Blocking
		@OnMessage
		String message(String line) {
			return line;
		}

		@OnError
		String failed(Throwable error) {
			return "error: " + error.getClass().getSimpleName();
		}

	}

	@SocketController
	static class SleepingHandler {

		@Blocking
		@OnMessage
		String message(String line) throws InterruptedException {
			Thread.sleep(200);
			return line;
		}

	}

}
