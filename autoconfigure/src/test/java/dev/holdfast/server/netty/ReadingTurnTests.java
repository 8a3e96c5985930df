package dev.holdfast.server.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The turns that connections of one event loop take.
 */
@ExtendWith(LeakDetection.class)
class ReadingTurnTests {

	private static final int MANY = 1000;

	private static final String WORK = "work\n".repeat(MANY);

	private final WorkController controller = new WorkController();

	@Test
	void messagesWhenOneClientSendsManyAtOnceLetOthersHaveTheirTurn() throws Exception {
		try (TestServer server = start(); TestClient busy = server.connect(); TestClient other = server.connect()) {
			busy.send(WORK);
			await().until(() -> this.controller.done.get() > 0);
			assertThat(Integer.parseInt(other.ask("done"))).isBetween(1, MANY / 2);
			assertThat(busy.lines(MANY)).isEqualTo(Collections.nCopies(MANY, "work"));
			assertThat(server.statistics().messages().received()).isEqualTo(MANY + 1);
		}
	}

	@Test
	void messagesWhenClientEndsItsHalfBehindManyAreAllAnswered() throws Exception {
		try (TestServer server = start(); TestClient busy = server.connect()) {
			busy.send(WORK);
			busy.shutdownOutput();
			assertThat(busy.readText()).isEqualTo(WORK);
			server.awaitClosed(CloseReason.CLIENT);
		}
	}

	@Test
	void messagesWhenClientResetsBetweenTurnsHarmNobody() throws Exception {
		try (TestServer server = start(); TestClient busy = server.connect(); TestClient other = server.connect()) {
			busy.send(WORK);
			await().until(() -> this.controller.done.get() > 0);
			busy.reset();
			server.awaitClosed(CloseReason.TRANSPORT_ERROR);
			assertThat(Integer.parseInt(other.ask("done"))).isPositive();
		}
	}

	@Test
	void frameTimeoutWhenEmptyFragmentsFloodEndsConnection() throws Exception {
		try (TestServer server = TestServer.with(this.controller)
			.webSocket(new WebSocketOptionsBuilder().build())
			.frameTimeout(Duration.ofSeconds(1))
			.start(); WebSocketClient client = WebSocketClient.upgrade(server)) {
			client.send(0x01, "begin");
			CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(client));
			server.awaitClosed(CloseReason.FRAME_TIMEOUT);
			assertThat(flood).failsWithin(Duration.ofSeconds(10));
		}
	}

	private static void flood(WebSocketClient client) {
		byte[] fragment = WebSocketClient.frame(0, new byte[0]);
		ByteBuffer fragments = ByteBuffer.allocate(10 * MANY * fragment.length);
		while (fragments.hasRemaining()) {
			fragments.put(fragment);
		}
		try {
			while (true) {
				client.raw().send(fragments.array());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private TestServer start() {
		return TestServer.with(this.controller).eventLoops(1).start();
	}

	/**
	 * Does work that takes a while, and tells how much of it is done.
	 */
	@SocketController
	static class WorkController {

		private final AtomicInteger done = new AtomicInteger();

		@OnMessage
		String message(String message) {
			if (message.equals("work")) {
				LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
				this.done.incrementAndGet();
				return message;
			}
			return Integer.toString(this.done.get());
		}

	}

}
