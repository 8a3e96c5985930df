package dev.holdfast.handler;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for messages that wait behind busy handlers.
 */
class WaitingMessagesTests {

	private static final int SENT = 50;

	@ParameterizedTest
	@CsvSource({ "0,1", "2,1", "16,1", "0,3", "2,3", "16,8" })
	void messageWhenHandlersAreBusyWaitsUpToLimitThenReadingPauses(int maxWaiting, int concurrency) throws Exception {
		ManualHandler handler = new ManualHandler();
		try (HandlerServer server = HandlerServer.start(handler, "holdfast.servers.test.max-waiting=" + maxWaiting,
				"holdfast.servers.test.concurrency=" + concurrency); SocketTestClient client = server.connect()) {
			for (int i = 0; i < SENT; i++) {
				client.send("message " + i);
			}
			for (int i = 0; i < SENT; i++) {
				long expected = Math.min(SENT, i + concurrency + maxWaiting);
				await().pollInterval(Duration.ofMillis(1)).until(() -> server.messages().received() == expected);
				int running = Math.min(concurrency, SENT - i);
				await().pollInterval(Duration.ofMillis(1)).until(() -> handler.running.get() == running);
				if (i == 0) {
					await().during(Duration.ofMillis(100)).until(() -> server.messages().received() == expected);
				}
				handler.completeNext();
				client.expect("message " + i);
			}
			await().until(() -> server.messages().inFlight() == 0);
			assertThat(server.connection().messagesReceived()).isEqualTo(SENT);
		}
	}

	@Test
	void replyWhenLaterHandlerIsFasterWaitsForItsTurn() throws Exception {
		ManualHandler handler = new ManualHandler();
		try (HandlerServer server = HandlerServer.start(handler, "holdfast.servers.test.concurrency=3");
				SocketTestClient client = server.connect()) {
			client.send("1");
			client.send("2");
			client.send("3");
			CompletableFuture<String> first = handler.next();
			CompletableFuture<String> second = handler.next();
			CompletableFuture<String> third = handler.next();
			third.complete("3");
			second.complete("2");
			client.expectNothing(Duration.ofMillis(100));
			first.complete("1");
			client.expect("1");
			client.expect("2");
			client.expect("3");
		}
	}

	@Test
	void replyWhenNextHandlerNeverEndsLeavesAllTheSame() throws Exception {
		ManualHandler handler = new ManualHandler();
		try (HandlerServer server = HandlerServer.start(handler, "holdfast.servers.test.max-waiting=100");
				SocketTestClient client = server.connect()) {
			for (int i = 0; i < SENT; i++) {
				client.send("message " + i);
			}
			for (int i = 0; i < SENT - 1; i++) {
				handler.next().complete("reply " + i);
			}
			for (int i = 0; i < SENT - 1; i++) {
				client.expect("reply " + i);
			}
			assertThat(server.messages().inFlight()).isOne();
		}
	}

	@Test
	void inputWhenPeerEndsItsHalfIsStillAnswered() throws Exception {
		ManualHandler handler = new ManualHandler();
		try (HandlerServer server = HandlerServer.start(handler, "holdfast.servers.test.max-waiting=0");
				SocketTestClient client = server.connect()) {
			client.send("1");
			client.send("2");
			client.shutdownOutput();
			handler.completeNext();
			handler.completeNext();
			client.expect("1");
			client.expect("2");
			client.expectClosed();
			server.awaitNothingInFlight();
		}
	}

	@SocketController
	static class ManualHandler {

		private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();

		final AtomicInteger running = new AtomicInteger();

		@OnMessage
		CompletableFuture<String> handle(String line) {
			this.running.incrementAndGet();
			CompletableFuture<String> future = new CompletableFuture<>();
			this.pending.add(new Pending(line, future));
			return future;
		}

		CompletableFuture<String> next() throws InterruptedException {
			Pending next = this.pending.poll(5, TimeUnit.SECONDS);
			assertThat(next).isNotNull();
			return next.future();
		}

		void completeNext() throws InterruptedException {
			Pending next = this.pending.poll(5, TimeUnit.SECONDS);
			assertThat(next).isNotNull();
			this.running.decrementAndGet();
			next.future().complete(next.line());
		}

	}

	record Pending(String line, CompletableFuture<String> future) {

	}

}
