package dev.holdfast.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * {@link TestConnection} over the WebSocket client of the JDK. It reads ahead, so that it
 * answers pings at any time. Thread-safe.
 */
final class WebSocketConnection implements TestConnection {

	private static final long CLOSING_MILLIS = 1000;

	private final WebSocket webSocket;

	private final WebSocketMessages messages;

	private final Duration timeout;

	private volatile boolean closed;

	private WebSocketConnection(WebSocket webSocket, WebSocketMessages messages, Duration timeout) {
		this.webSocket = webSocket;
		this.messages = messages;
		this.timeout = timeout;
	}

	static WebSocketConnection open(URI uri, List<String> subprotocols, List<Header> headers, @Nullable TlsSettings tls,
			Duration timeout) throws IOException {
		HttpClient.Builder http = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(timeout);
		if (tls != null) {
			http.sslContext(tls.context()).sslParameters(tls.parameters());
		}
		WebSocket.Builder builder = http.build().newWebSocketBuilder().connectTimeout(timeout);
		headers.forEach((header) -> builder.header(header.name(), header.value()));
		if (!subprotocols.isEmpty()) {
			String[] others = subprotocols.subList(1, subprotocols.size()).toArray(String[]::new);
			builder.subprotocols(subprotocols.get(0), others);
		}
		WebSocketMessages messages = new WebSocketMessages();
		return new WebSocketConnection(await(builder.buildAsync(uri, messages), timeout), messages, timeout);
	}

	@Override
	public void send(String text) throws IOException {
		send(() -> this.webSocket.sendText(text, true));
	}

	@Override
	public void send(byte[] bytes) throws IOException {
		send(() -> this.webSocket.sendBinary(ByteBuffer.wrap(bytes), true));
	}

	@Override
	public void sendRaw(byte[] bytes) {
		throw new UnsupportedOperationException(
				"WebSocket sends whole messages only: connect without 'webSocket' to send bytes as they are");
	}

	@Override
	public Received receive(Duration timeout) throws IOException {
		if (this.closed) {
			throw new IOException("Closed by the test");
		}
		try {
			return this.messages.take(timeout);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	@Override
	public void shutdownOutput() {
		throw new UnsupportedOperationException("WebSocket has no half close: use 'sendClose'");
	}

	@Override
	public void sendClose(int code, String text) throws IOException {
		send(() -> this.webSocket.sendClose(code, text));
	}

	@Override
	public String subprotocol() {
		return this.webSocket.getSubprotocol();
	}

	@Override
	public void reset() {
		this.closed = true;
		this.webSocket.abort();
	}

	@Override
	public void close() throws IOException {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			closeOutput();
			this.messages.awaitEnd(CLOSING_MILLIS);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		finally {
			if (!this.messages.closedByPeer()) {
				this.webSocket.abort();
			}
		}
	}

	private void closeOutput() {
		try {
			if (!this.messages.closedByPeer() && !this.webSocket.isOutputClosed()) {
				sendClose(WebSocket.NORMAL_CLOSURE, "");
			}
		}
		catch (IOException ex) {
			// Ignore
		}
	}

	private void send(Sending sending) throws IOException {
		synchronized (this.webSocket) {
			await(sending.start(), this.timeout);
		}
	}

	private static WebSocket await(CompletableFuture<WebSocket> future, Duration timeout) throws IOException {
		try {
			return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IOException("Not done within %d ms".formatted(timeout.toMillis()), ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private static IOException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		return new IOException("Interrupted", cause);
	}

	/**
	 * A header of the upgrade request.
	 *
	 * @param name the name
	 * @param value the value
	 */
	record Header(String name, String value) {

	}

	private interface Sending {

		CompletableFuture<WebSocket> start();

	}

}
