package dev.holdfast.handler;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link OnOpen @OnOpen} and {@link OnClose @OnClose} methods of several
 * controllers, some of which take their time.
 */
class OpeningTests {

	@Test
	void messageWhenOpenIsPendingWaitsAndGreetingsKeepOrder() {
		FutureGreeting future = new FutureGreeting();
		try (HandlerServer server = HandlerServer.start(new LastGreeting(), new BlockingGreeting(), future,
				new MonoGreeting(), new Echo())) {
			try (SocketTestClient client = server.connect()) {
				client.send("early");
				client.expect("1 mono");
				await().until(() -> server.messages().received() == 1);
				client.expectNothing(Duration.ofMillis(100));
				assertThat(server.messages().inFlight()).isEqualTo(1);
				future.greeting.complete("2 future");
				client.expect("2 future");
				client.expect("3 blocking");
				client.expect("4 last");
				client.expect("early");
			}
			server.awaitNothingInFlight();
			assertThat(server.messages().handled()).isEqualTo(1);
		}
	}

	@Test
	void openWhenItFailsSendsErrorReplyInOrderAndGoesOn() {
		try (HandlerServer server = HandlerServer.start(new MonoGreeting(), new FailingGreeting(), new LastGreeting(),
				new Echo())) {
			try (SocketTestClient client = server.connect()) {
				client.send("early");
				client.expect("1 mono");
				client.expect("sorry: no greeting");
				client.expect("4 last");
				client.expect("early");
			}
			server.awaitNothingInFlight();
			assertThat(server.messages().failed()).isEqualTo(1);
			assertThat(server.messages().handled()).isEqualTo(1);
		}
	}

	@Test
	void openWhenItFailsAtOnceWaitsForAsynchronousErrorHandler() {
		try (HandlerServer server = HandlerServer.start(new FailingGreeting(), new LastGreeting(), new Echo());
				SocketTestClient client = server.connect()) {
			client.send("early");
			client.expect("sorry: no greeting");
			client.expect("4 last");
			client.expect("early");
		}
	}

	@Test
	void closeWhenOneMethodBlocksKeepsOrderOfControllers() {
		List<String> closed = new CopyOnWriteArrayList<>();
		try (HandlerServer server = HandlerServer.start(new LastClose(closed), new BlockingClose(closed),
				new MonoClose(closed), new Echo())) {
			try (SocketTestClient client = server.connect()) {
				client.send("hello");
				client.expect("hello");
			}
			await().untilAsserted(() -> assertThat(closed).containsExactly("blocking", "failed", "mono", "last"));
		}
	}

	@Order(1)
	@SocketController
	static class MonoGreeting {

		@OnOpen
		Mono<String> open() {
			return Mono.delay(Duration.ofMillis(20)).thenReturn("1 mono");
		}

	}

	@Order(2)
	@SocketController
	static class FutureGreeting {

		final CompletableFuture<String> greeting = new CompletableFuture<>();

		@OnOpen
		CompletableFuture<String> open() {
			return this.greeting;
		}

	}

	@Order(3)
	@SocketController
	static class BlockingGreeting {

		@Blocking
		@OnOpen
		String open() throws InterruptedException {
			Thread.sleep(20);
			return "3 blocking";
		}

	}

	@Order(3)
	@SocketController
	static class FailingGreeting {

		@OnOpen
		String open() {
			throw new IllegalStateException("no greeting");
		}

		@OnError
		Mono<String> failed(IllegalStateException ex) {
			return Mono.delay(Duration.ofMillis(50)).thenReturn("sorry: " + ex.getMessage());
		}

	}

	@Order(4)
	@SocketController
	static class LastGreeting {

		@OnOpen
		String open() {
			return "4 last";
		}

	}

	@SocketController
	static class Echo {

		@OnMessage
		String echo(String line) {
			return line;
		}

	}

	@Order(1)
	@SocketController
	record BlockingClose(List<String> closed) {

		@Blocking
		@OnClose
		void close() throws InterruptedException {
			Thread.sleep(50);
			this.closed.add("blocking");
			throw new IllegalStateException("on purpose");
		}

		@OnError
		void failed(IllegalStateException ex) {
			this.closed.add("failed");
		}

	}

	@Order(2)
	@SocketController
	record MonoClose(List<String> closed) {

		@OnClose
		Mono<Void> close() {
			return Mono.delay(Duration.ofMillis(20)).doOnNext((tick) -> this.closed.add("mono")).then();
		}

	}

	@Order(3)
	@SocketController
	record LastClose(List<String> closed) {

		@OnClose
		String close() {
			this.closed.add("last");
			return "nobody gets this";
		}

	}

}
