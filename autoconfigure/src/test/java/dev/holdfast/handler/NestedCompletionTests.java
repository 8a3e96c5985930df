package dev.holdfast.handler;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for handlings that end while the end of an earlier one is dealt with.
 */
class NestedCompletionTests {

	private static final int ELEMENTS = 40;

	@Test
	void streamWhenItEndsAsItsTurnComesLeavesTheNextReplyInPlace() {
		FutureHandler handler = new FutureHandler();
		try (HandlerServer server = HandlerServer.start(handler, "holdfast.servers.test.concurrency=3");
				SocketTestClient client = server.connect()) {
			client.send("first");
			client.send("stream");
			client.send("last");
			await().until(() -> server.messages().received() == 3);
			handler.first.complete("first");
			client.expect("first");
			for (int i = 0; i < ELEMENTS; i++) {
				client.expect("element " + i);
			}
			handler.last.complete("last");
			client.expect("last");
			await().until(() -> server.messages().inFlight() == 0);
			assertThat(server.messages().handled()).isEqualTo(3);
			client.send("stream");
			client.expect("element 0");
		}
	}

	@SocketController
	static class FutureHandler {

		final CompletableFuture<String> first = new CompletableFuture<>();

		final CompletableFuture<String> last = new CompletableFuture<>();

		@OnMessage
		Object handle(String message) {
			return switch (message) {
				case "first" -> this.first;
				case "last" -> this.last;
				default -> Flux.range(0, ELEMENTS).map((index) -> "element " + index);
			};
		}

	}

}
