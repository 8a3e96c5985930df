package dev.holdfast.test;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * {@link WebSocket.Listener} that keeps messages until a test asks for them. Thread-safe.
 */
final class WebSocketMessages implements WebSocket.Listener {

	private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();

	private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

	private final StringBuilder text = new StringBuilder();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile boolean closedByPeer;

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.text.append(data);
		if (last) {
			this.queue.add(new Received.Message(this.text.toString().getBytes(StandardCharsets.UTF_8)));
			this.text.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.binary.writeBytes(bytes);
		if (last) {
			this.queue.add(new Received.Message(this.binary.toByteArray()));
			this.binary.reset();
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.closedByPeer = true;
		end(new Received.Closed(statusCode, reason));
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		end(Received.failure(error));
	}

	private void end(Received received) {
		this.queue.add(received);
		this.ended.countDown();
	}

	Received take(Duration timeout) throws InterruptedException {
		Received received = this.queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
		if (received == null) {
			return new Received.Silence(timeout);
		}
		if (received.isEnd()) {
			this.queue.add(received);
		}
		return received;
	}

	/**
	 * Whether the peer's close frame is here: the JDK then echoes its code and ends the
	 * connection by itself.
	 * @return whether it is
	 */
	boolean closedByPeer() {
		return this.closedByPeer;
	}

	void awaitEnd(long millis) throws InterruptedException {
		this.ended.await(millis, TimeUnit.MILLISECONDS);
	}

}
