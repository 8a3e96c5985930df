package dev.holdfast.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.Assert;

/**
 * A blocking client with which a test talks to a socket server. It speaks TCP in any
 * framing, TLS and WebSocket:
 *
 * <pre class="code">
 * try (SocketTestClient client = SocketTestClient.connect(port)) {
 *     client.send("hello");
 *     client.expect("hello");
 * }
 *
 * try (SocketTestClient client = SocketTestClient.to(port).webSocket("/live").connect()) {
 *     client.send("hello");
 *     client.expectClosed();
 *     assertThat(client.closeCode()).isEqualTo(1008);
 * }
 * </pre>
 *
 * Methods that wait for something do so for 5 seconds unless told otherwise, and throw an
 * {@link AssertionError} that says what came instead. An {@link UncheckedIOException} is
 * thrown where the connection fails while something is sent, and by every method that
 * sends or waits once this client was closed or reset by the test itself. Over TCP, the
 * client reads only while it waits, so that a test can play the slow consumer; over
 * WebSocket it reads ahead and answers pings at any time. Thread-safe.
 */
public final class SocketTestClient implements AutoCloseable {

	private final TestConnection connection;

	private final Charset charset;

	private final Duration timeout;

	SocketTestClient(TestConnection connection, Charset charset, Duration timeout) {
		this.connection = connection;
		this.charset = charset;
		this.timeout = timeout;
	}

	/**
	 * Connect to a port of this machine, over TCP and with one message per line.
	 * @param port the port
	 * @return the connected client
	 * @throws UncheckedIOException if nobody accepts the connection
	 */
	public static SocketTestClient connect(int port) {
		return to(port).connect();
	}

	/**
	 * Start to configure a client for a port of this machine.
	 * @param port the port
	 * @return a builder that would connect over TCP, with one message per line
	 */
	public static SocketTestClientBuilder to(int port) {
		return to("localhost", port);
	}

	/**
	 * Connect to a Unix domain socket, with one message per line.
	 * @param unixSocket the path of the socket
	 * @return the connected client
	 * @throws UncheckedIOException if nobody accepts the connection
	 */
	public static SocketTestClient connect(Path unixSocket) {
		return to(unixSocket).connect();
	}

	/**
	 * Start to configure a client for a Unix domain socket. A port of this machine stands
	 * between the two, so TLS and WebSocket work as they do over TCP, with
	 * {@code localhost} as host. A server that aborts may be seen as an orderly end.
	 * @param unixSocket the path of the socket
	 * @return a builder that would connect with one message per line
	 */
	public static SocketTestClientBuilder to(Path unixSocket) {
		Assert.notNull(unixSocket, "'unixSocket' must not be null");
		return new SocketTestClientBuilder(unixSocket);
	}

	/**
	 * Start to configure a client.
	 * @param host the name or address of the server
	 * @param port the port
	 * @return a builder that would connect over TCP, with one message per line
	 */
	public static SocketTestClientBuilder to(String host, int port) {
		return new SocketTestClientBuilder(host, port);
	}

	/**
	 * Send a message, over WebSocket as a text message.
	 * @param text the text without delimiters or headers
	 * @throws dev.holdfast.codec.FramingException if the framing cannot carry it
	 */
	public void send(String text) {
		Assert.notNull(text, "'text' must not be null");
		run(() -> this.connection.send(text));
	}

	/**
	 * Send a message, over WebSocket as a binary message.
	 * @param bytes the payload without delimiters or headers
	 * @throws dev.holdfast.codec.FramingException if the framing cannot carry it
	 */
	public void send(byte[] bytes) {
		Assert.notNull(bytes, "'bytes' must not be null");
		run(() -> this.connection.send(bytes));
	}

	/**
	 * Send bytes as they are: half a frame, several frames, or none at all.
	 * @param bytes the bytes
	 * @throws UnsupportedOperationException over WebSocket
	 */
	public void sendRaw(byte[] bytes) {
		Assert.notNull(bytes, "'bytes' must not be null");
		run(() -> this.connection.sendRaw(bytes));
	}

	/**
	 * Wait for a message.
	 * @return the message as text
	 * @throws AssertionError if none comes in time or the connection ends
	 */
	public String receive() {
		return receive(this.timeout);
	}

	/**
	 * Wait for a message.
	 * @param timeout how long to wait
	 * @return the message as text
	 * @throws AssertionError if none comes in time or the connection ends
	 */
	public String receive(Duration timeout) {
		return message(timeout).text(this.charset);
	}

	/**
	 * Wait for a message.
	 * @return the payload
	 * @throws AssertionError if none comes in time or the connection ends
	 */
	public byte[] receiveBytes() {
		return receiveBytes(this.timeout);
	}

	/**
	 * Wait for a message.
	 * @param timeout how long to wait
	 * @return the payload
	 * @throws AssertionError if none comes in time or the connection ends
	 */
	public byte[] receiveBytes(Duration timeout) {
		return message(timeout).bytes();
	}

	private Received.Message message(Duration timeout) {
		Received received = next(timeout);
		if (received instanceof Received.Message message) {
			return message;
		}
		throw unexpected("a message", received);
	}

	/**
	 * Wait for a message and check it.
	 * @param text the message that must come next
	 * @throws AssertionError if anything else comes next, or nothing
	 */
	public void expect(String text) {
		expect(text, this.timeout);
	}

	/**
	 * Wait for a message and check it.
	 * @param text the message that must come next
	 * @param timeout how long to wait
	 * @throws AssertionError if anything else comes next, or nothing in time
	 */
	public void expect(String text, Duration timeout) {
		Assert.notNull(text, "'text' must not be null");
		Received received = next(timeout);
		if (!(received instanceof Received.Message message && message.text(this.charset).equals(text))) {
			throw unexpected('"' + text + '"', received);
		}
	}

	/**
	 * Wait and check that neither a message comes nor the end of the connection.
	 * @param timeout how long to wait, the whole of which passes if all is well
	 * @throws AssertionError if anything comes
	 */
	public void expectNothing(Duration timeout) {
		Received received = next(timeout);
		if (!(received instanceof Received.Silence)) {
			throw unexpected("nothing", received);
		}
	}

	/**
	 * Wait for the orderly end of the connection: FIN, or a WebSocket close frame. A
	 * second call returns at once.
	 * @throws AssertionError if anything else comes next, be it a message or a reset, or
	 * nothing
	 */
	public void expectClosed() {
		expectClosed(this.timeout);
	}

	/**
	 * Wait for the orderly end of the connection: FIN, or a WebSocket close frame. A
	 * second call returns at once.
	 * @param timeout how long to wait
	 * @throws AssertionError if anything else comes next, be it a message or a reset, or
	 * nothing in time
	 */
	public void expectClosed(Duration timeout) {
		Received received = next(timeout);
		if (!(received instanceof Received.Closed)) {
			throw unexpected("the end of the connection", received);
		}
	}

	/**
	 * Wait for a reset of the connection, by which a server aborts. A second call returns
	 * at once.
	 * @throws AssertionError if anything else comes next, be it a message or an orderly
	 * end, or nothing
	 */
	public void expectReset() {
		expectReset(this.timeout);
	}

	/**
	 * Wait for a reset of the connection, by which a server aborts. A second call returns
	 * at once.
	 * @param timeout how long to wait
	 * @throws AssertionError if anything else comes next, be it a message or an orderly
	 * end, or nothing in time
	 */
	public void expectReset(Duration timeout) {
		Received received = next(timeout);
		if (!(received instanceof Received.Reset)) {
			throw unexpected("a reset of the connection", received);
		}
	}

	/**
	 * Wait for the end of the WebSocket connection and return why the server closed it.
	 * After {@link #expectClosed()} it returns at once.
	 * @return the code of the server's close frame, 1005 if it has none, 1006 if the
	 * connection ended without a close frame
	 * @throws AssertionError if anything else comes next, or nothing, or if this is no
	 * WebSocket connection
	 */
	public int closeCode() {
		Received received = next(this.timeout);
		if (received instanceof Received.Closed closed && closed.code() != 0) {
			return closed.code();
		}
		throw unexpected("a WebSocket close code", received);
	}

	/**
	 * Return the WebSocket subprotocol that the server has chosen.
	 * @return the subprotocol, empty if there is none and without WebSocket
	 */
	public String subprotocol() {
		return this.connection.subprotocol();
	}

	/**
	 * Close the direction to the server and go on receiving. Over TLS a
	 * {@code close_notify} is sent and no FIN.
	 * @throws UnsupportedOperationException over WebSocket
	 */
	public void shutdownOutput() {
		run(this.connection::shutdownOutput);
	}

	/**
	 * Begin the closing handshake of WebSocket and go on receiving.
	 * @param code the close code, which the server is expected to return
	 * @param text the reason
	 * @throws UnsupportedOperationException without WebSocket
	 */
	public void sendClose(int code, String text) {
		Assert.notNull(text, "'text' must not be null");
		run(() -> this.connection.sendClose(code, text));
	}

	/**
	 * Abort the connection with a reset (RST). WebSocket drops it without a close frame.
	 * A second call has no effect.
	 */
	public void reset() {
		run(this.connection::reset);
	}

	/**
	 * Close the connection; over WebSocket with code 1000, waiting up to a second for the
	 * server's answer. A second call has no effect.
	 */
	@Override
	public void close() {
		run(this.connection::close);
	}

	private Received next(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		try {
			return this.connection.receive(timeout);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void run(Action action) {
		try {
			action.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static AssertionError unexpected(String expected, Received received) {
		AssertionError error = new AssertionError("Expected %s but %s".formatted(expected, received.description()));
		if (received.cause() != null) {
			error.initCause(received.cause());
		}
		return error;
	}

	private interface Action {

		void run() throws IOException;

	}

}
