package dev.holdfast.handler;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.MethodParameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionClosedException;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what happens to running handlers when their connection closes.
 */
class CancellationTests {

	private static final String ROUTED = "holdfast.servers.test.route.delimiter=\\x20";

	@ParameterizedTest
	@ValueSource(strings = { "mono", "flux", "future", "custom" })
	void closeWhenResultIsPendingCancelsItAndTellsInterceptor(String route) throws Exception {
		PendingHandler handler = new PendingHandler();
		RecordingInterceptor interceptor = new RecordingInterceptor();
		try (HandlerServer server = HandlerServer.start(handler, interceptor, new TicketResultHandler(), ROUTED)) {
			try (SocketTestClient client = server.connect()) {
				client.send(route + " 1");
				client.send(route + " 2");
				assertThat(handler.events.poll(5, TimeUnit.SECONDS)).isEqualTo("started");
				await().until(() -> server.messages().inFlight() == 2);
				client.reset();
			}
			assertThat(handler.events.poll(5, TimeUnit.SECONDS)).isEqualTo("cancelled");
			server.awaitNothingInFlight();
			assertThat(handler.events).doesNotContain("started");
			assertThat(interceptor.after).hasSize(1);
			assertThat(interceptor.after.get(0)).isInstanceOf(ConnectionClosedException.class);
			assertThat(server.messages().failed()).isZero();
		}
	}

	@Test
	void closeWhenCancellingThrowsCancelsAllOthers() throws Exception {
		PendingHandler handler = new PendingHandler();
		try (HandlerServer server = HandlerServer.start(handler, ROUTED, "holdfast.servers.test.concurrency=3")) {
			try (SocketTestClient client = server.connect()) {
				client.send("evil 1");
				client.send("mono 2");
				assertThat(handler.events.poll(5, TimeUnit.SECONDS)).isEqualTo("started");
				client.reset();
			}
			assertThat(handler.events.poll(5, TimeUnit.SECONDS)).isEqualTo("cancelled");
			server.awaitNothingInFlight();
		}
	}

	@Test
	void closeByHandlerWhenItReturnsPendingResultCancelsIt() throws Exception {
		PendingHandler handler = new PendingHandler();
		try (HandlerServer server = HandlerServer.start(handler, ROUTED); SocketTestClient client = server.connect()) {
			client.send("closing 1");
			assertThat(handler.events.poll(5, TimeUnit.SECONDS)).isEqualTo("cancelled");
			client.expectClosed();
			server.awaitNothingInFlight();
		}
	}

	@Test
	void closeWhenInterruptibleMethodBlocksInterruptsItsThread() throws Exception {
		BlockingHandler handler = new BlockingHandler();
		try (HandlerServer server = HandlerServer.start(handler, ROUTED)) {
			try (SocketTestClient client = server.connect()) {
				client.send("interruptible 1");
				assertThat(handler.started.await(5, TimeUnit.SECONDS)).isTrue();
				client.reset();
			}
			assertThat(handler.ended.get(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
			server.awaitNothingInFlight();
		}
	}

	@Test
	void closeWhenMethodBlocksLetsItEnd() throws Exception {
		BlockingHandler handler = new BlockingHandler();
		RecordingInterceptor interceptor = new RecordingInterceptor();
		try (HandlerServer server = HandlerServer.start(handler, interceptor, ROUTED)) {
			try (SocketTestClient client = server.connect()) {
				client.send("patient 1");
				assertThat(handler.started.await(5, TimeUnit.SECONDS)).isTrue();
				client.reset();
			}
			server.awaitNothingInFlight();
			assertThat(handler.ended).isNotDone();
			assertThat(interceptor.after).isEmpty();
			handler.release.countDown();
			assertThat(handler.ended.get(5, TimeUnit.SECONDS)).isEqualTo("released");
			await().untilAsserted(() -> assertThat(interceptor.after).hasSize(1).containsOnlyNulls());
		}
	}

	@Test
	void closeWhenCallHasNotStartedSkipsIt() throws Exception {
		BlockingHandler handler = new BlockingHandler();
		try (HandlerServer server = HandlerServer.start(handler, ROUTED, "holdfast.blocking.max-threads=1");
				SocketTestClient first = server.connect()) {
			first.send("patient 1");
			assertThat(handler.started.await(5, TimeUnit.SECONDS)).isTrue();
			try (SocketTestClient second = server.connect()) {
				second.send("count 1");
				await().until(() -> server.messages().received() == 2);
				second.reset();
			}
			await().until(() -> server.messages().inFlight() == 1);
			handler.release.countDown();
			first.expect("released");
			first.send("count 2");
			first.expect("counted");
			assertThat(handler.counted).hasValue(1);
		}
	}

	@Test
	void closeWhenConnectionIsOpeningCallsNoFurtherOnOpen() throws Exception {
		OpeningHandler handler = new OpeningHandler();
		try (HandlerServer server = HandlerServer.start(handler)) {
			try (SocketTestClient client = server.connect()) {
				client.send("never handled");
				assertThat(handler.started.await(5, TimeUnit.SECONDS)).isTrue();
				await().until(() -> server.messages().received() == 1);
				client.reset();
			}
			assertThat(handler.closed.await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(handler.greeting).isCancelled();
			server.awaitNothingInFlight();
			assertThat(handler.messages).hasValue(0);
		}
	}

	@SocketController
	static class PendingHandler {

		final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		@OnMessage("mono")
		Mono<String> mono() {
			return Mono.<String>never()
				.doOnSubscribe((subscription) -> this.events.add("started"))
				.doOnCancel(() -> this.events.add("cancelled"));
		}

		@OnMessage("flux")
		Flux<String> flux() {
			return Flux.<String>never()
				.doOnSubscribe((subscription) -> this.events.add("started"))
				.doOnCancel(() -> this.events.add("cancelled"));
		}

		@OnMessage("future")
		CompletableFuture<String> future() {
			this.events.add("started");
			CompletableFuture<String> future = new CompletableFuture<>();
			future.whenComplete((value, error) -> this.events.add("cancelled"));
			return future;
		}

		@OnMessage("custom")
		Ticket custom() {
			this.events.add("started");
			return new Ticket(() -> this.events.add("cancelled"));
		}

		@OnMessage("evil")
		Mono<String> evil() {
			return Mono.<String>never().doOnCancel(() -> {
				throw new IllegalStateException("on purpose");
			});
		}

		@OnMessage("closing")
		Mono<String> closing(SocketConnection connection) {
			connection.close();
			return Mono.<String>never().doOnCancel(() -> this.events.add("cancelled"));
		}

	}

	@SocketController
	static class BlockingHandler {

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		final CompletableFuture<String> ended = new CompletableFuture<>();

		final AtomicInteger counted = new AtomicInteger();

		@Blocking(interrupt = true)
		@OnMessage("interruptible")
		String interruptible() {
			return block();
		}

		@Blocking
		@OnMessage("patient")
		String patient() {
			return block();
		}

		@Blocking
		@OnMessage("count")
		String count() {
			this.counted.incrementAndGet();
			return "counted";
		}

		private String block() {
			this.started.countDown();
			try {
				this.release.await();
				this.ended.complete("released");
			}
			catch (InterruptedException ex) {
				this.ended.complete("interrupted");
			}
			return this.ended.join();
		}

	}

	@SocketController
	static class OpeningHandler {

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch closed = new CountDownLatch(1);

		final CompletableFuture<String> greeting = new CompletableFuture<>();

		final AtomicInteger messages = new AtomicInteger();

		@OnOpen
		CompletableFuture<String> open() {
			this.started.countDown();
			return this.greeting;
		}

		@OnMessage
		void message() {
			this.messages.incrementAndGet();
		}

		@OnClose
		void closed(CloseReason reason) {
			this.closed.countDown();
		}

	}

	static class RecordingInterceptor implements MessageInterceptor {

		final List<@Nullable Throwable> after = new CopyOnWriteArrayList<>();

		@Override
		public void after(MessageContext context, @Nullable Throwable error) {
			this.after.add(error);
		}

	}

	record Ticket(Runnable onCancel) {

	}

	static class TicketResultHandler implements HandlerResultHandler {

		@Override
		public boolean supportsReturnType(MethodParameter returnType) {
			return returnType.getParameterType() == Ticket.class;
		}

		@Override
		public void handleResult(Object result, MethodParameter returnType, Exchange exchange) {
			exchange.onCancel(((Ticket) result).onCancel());
		}

	}

}
