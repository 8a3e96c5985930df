package dev.holdfast.server.netty;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.ServerHandlers;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Errors that no handler should throw, and what becomes of everybody else.
 */
@ExtendWith(LeakDetection.class)
class HandlerFaultTests {

	@ParameterizedTest
	@ValueSource(strings = { "memory", "stack", "link", "assertion", "silent", "stream", "later", "arrays" })
	void errorWhenThrownByHandlerIsCountedAndHarmsNobody(String error) throws Exception {
		try (TestServer server = TestServer.with(new FaultyController()).eventLoops(1).start();
				RecordedLog log = RecordedLog.of(ServerHandlers.class);
				TestClient client = server.connect();
				TestClient other = server.connect()) {
			assertThat(other.ask("before")).isEqualTo("before");
			client.send(error + "\nafter\n");
			assertThat(client.line()).isEqualTo("after");
			assertThat(other.ask("after")).isEqualTo("after");
			await().until(() -> server.statistics().messages().failed() == 1);
			await().until(() -> server.statistics().messages().inFlight() == 0);
			await().until(() -> log.lines().size() == 1);
			assertThat(server.active()).isEqualTo(2);
		}
	}

	@Test
	void errorWhenThrownByEverythingElseHarmsNobody() throws Exception {
		try (TestServer server = TestServer.with(new HopelessController())
			.eventLoops(1)
			.listener(new HopelessListener())
			.start(); TestClient client = server.connect()) {
			client.send("one\n");
			await().until(() -> server.statistics().messages().failed() == 1);
			client.close();
			await().until(() -> server.active() == 0);
			assertThat(server.closed(CloseReason.CLIENT)).isOne();
			assertThat(server.connections().count()).isZero();
			TestClient second = server.connect().send("two\n");
			await().until(() -> server.statistics().messages().failed() >= 2);
			second.close();
			await().until(() -> server.closed(CloseReason.CLIENT) == 2);
		}
	}

	@SocketController
	static class FaultyController {

		@OnMessage
		Object handle(String message) {
			return switch (message) {
				case "memory" -> throw new OutOfMemoryError("on purpose");
				case "stack" -> recurse(0);
				case "link" -> throw new NoClassDefFoundError("on purpose");
				case "assertion" -> throw new AssertionError("on purpose");
				case "silent" -> throw new SilentError();
				case "stream" -> Flux.error(new OutOfMemoryError("on purpose"));
				case "later" -> CompletableFuture.failedFuture(new StackOverflowError("on purpose"));
				case "arrays" -> Optional.of(new byte[Integer.MAX_VALUE]);
				default -> message;
			};
		}

		private Object recurse(int depth) {
			return (depth < 0) ? "" : recurse(depth + 1) + "" + depth;
		}

	}

	@SocketController
	static class HopelessController {

		@OnMessage
		void handle(String message) {
			throw new OutOfMemoryError(message);
		}

		@OnError
		void failed(Throwable error) {
			throw new StackOverflowError("on purpose");
		}

		@OnClose
		void close() {
			throw new NoClassDefFoundError("on purpose");
		}

	}

	private static final class HopelessListener implements ConnectionListener {

		@Override
		public void opened(SocketConnection connection) {
			throw new AssertionError("on purpose");
		}

		@Override
		public void closed(SocketConnection connection, CloseReason reason) {
			throw new OutOfMemoryError("on purpose");
		}

	}

	private static final class SilentError extends Error {

		@Override
		public String getMessage() {
			throw new IllegalStateException("No message");
		}

	}

}
