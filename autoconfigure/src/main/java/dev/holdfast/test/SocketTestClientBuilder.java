package dev.holdfast.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.Assert;

import dev.holdfast.codec.Framing;
import dev.holdfast.codec.LineFraming;

/**
 * Builder of a {@link SocketTestClient}. It may connect any number of times.
 */
public final class SocketTestClientBuilder {

	private static final String LOCALHOST = "localhost";

	private final String host;

	private final int port;

	private final @Nullable Path unixSocket;

	private final List<WebSocketConnection.Header> headers = new ArrayList<>();

	private static final int MAX_FRAME_LENGTH = 16 * 1024 * 1024;

	private Framing framing = new LineFraming(MAX_FRAME_LENGTH);

	private Charset charset = StandardCharsets.UTF_8;

	private Duration timeout = Duration.ofSeconds(5);

	private List<String> subprotocols = List.of();

	private @Nullable TlsSettings tls;

	private @Nullable String path;

	SocketTestClientBuilder(String host, int port) {
		Assert.hasText(host, "'host' must not be empty");
		Assert.isTrue(port > 0 && port < 65536, () -> "'port' must be between 1 and 65535, but is " + port);
		this.host = host;
		this.port = port;
		this.unixSocket = null;
	}

	SocketTestClientBuilder(Path unixSocket) {
		this.host = LOCALHOST;
		this.port = 0;
		this.unixSocket = unixSocket;
	}

	/**
	 * Set how messages are cut out of the bytes, as the server's {@code framing} does. By
	 * default a message ends with a line feed. WebSocket has a framing of its own.
	 * @param framing the framing
	 * @return this builder
	 */
	public SocketTestClientBuilder framing(Framing framing) {
		Assert.notNull(framing, "'framing' must not be null");
		this.framing = framing;
		return this;
	}

	/**
	 * Set the charset of text. By default it is UTF-8, which it always is over WebSocket.
	 * @param charset the charset
	 * @return this builder
	 */
	public SocketTestClientBuilder charset(Charset charset) {
		Assert.notNull(charset, "'charset' must not be null");
		this.charset = charset;
		return this;
	}

	/**
	 * Set how long to wait for the connection and for everything that is expected later.
	 * By default it is 5 seconds.
	 * @param timeout the time
	 * @return this builder
	 */
	public SocketTestClientBuilder timeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		this.timeout = timeout;
		return this;
	}

	/**
	 * Use TLS. The certificate of the server must be trusted by the bundle; over
	 * WebSocket it must also name the host, that is {@code localhost}.
	 * @param bundle the bundle with the trusted certificates and, if the server asks for
	 * one, the client's key
	 * @return this builder
	 */
	public SocketTestClientBuilder ssl(SslBundle bundle) {
		Assert.notNull(bundle, "'bundle' must not be null");
		this.tls = TlsSettings.of(bundle);
		return this;
	}

	/**
	 * Use TLS. The certificate of the server must be trusted by the context; over
	 * WebSocket it must also name the host, that is {@code localhost}.
	 * @param context the context
	 * @return this builder
	 */
	public SocketTestClientBuilder ssl(SSLContext context) {
		Assert.notNull(context, "'context' must not be null");
		this.tls = TlsSettings.of(context);
		return this;
	}

	/**
	 * Use WebSocket. The HTTP client of the JDK does the upgrade: it asks a second time
	 * when the server drops the connection instead of answering.
	 * @param path the path of the upgrade request, with its query if there is one
	 * @return this builder
	 */
	public SocketTestClientBuilder webSocket(String path) {
		Assert.isTrue(path.startsWith("/"), () -> "'path' must begin with '/', but is '" + path + "'");
		this.path = path;
		return this;
	}

	/**
	 * Set the WebSocket subprotocols to offer.
	 * @param subprotocols the names, the most preferred one first
	 * @return this builder
	 */
	public SocketTestClientBuilder subprotocols(String... subprotocols) {
		this.subprotocols = List.of(subprotocols);
		return this;
	}

	/**
	 * Add a header to the upgrade request of WebSocket.
	 * @param name the name, as {@code Origin} or {@code Cookie}, but none that the
	 * handshake sets itself
	 * @param value the value
	 * @return this builder
	 */
	public SocketTestClientBuilder header(String name, String value) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(value, "'value' must not be null");
		this.headers.add(new WebSocketConnection.Header(name, value));
		return this;
	}

	/**
	 * Connect, and wait for TLS and the WebSocket upgrade.
	 * @return the connected client
	 * @throws UncheckedIOException if that fails, caused by a
	 * {@link WebSocketHandshakeException} when the server refused the upgrade
	 */
	public SocketTestClient connect() {
		try {
			return new SocketTestClient(open(), (this.path != null) ? StandardCharsets.UTF_8 : this.charset,
					this.timeout);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot connect to " + target(), ex);
		}
	}

	/**
	 * Connect and check that the server refuses the WebSocket upgrade.
	 * @param status the HTTP status with which it must refuse
	 * @throws AssertionError if it accepts or answers with another status
	 */
	public void expectRefused(int status) {
		Assert.state(this.path != null, "Only WebSocket can be refused with a status: call 'webSocket' first");
		try (SocketTestClient client = connect()) {
			throw new AssertionError("Expected the status %d but the connection was accepted".formatted(status));
		}
		catch (UncheckedIOException ex) {
			checkStatus(status, ex);
		}
	}

	private void checkStatus(int status, UncheckedIOException failure) {
		if (!(failure.getCause() instanceof WebSocketHandshakeException refusal)) {
			throw failure;
		}
		int actual = refusal.getResponse().statusCode();
		if (actual != status) {
			throw new AssertionError("Expected the status %d but it was %d".formatted(status, actual), failure);
		}
	}

	private String target() {
		return (this.unixSocket != null) ? this.unixSocket.toString() : this.host + ":" + this.port;
	}

	private TestConnection open() throws IOException {
		if (this.unixSocket == null) {
			return open(this.port);
		}
		try (UnixSocketBridge bridge = UnixSocketBridge.open(this.unixSocket)) {
			return open(bridge.port());
		}
	}

	private TestConnection open(int port) throws IOException {
		if (this.path == null) {
			return StreamConnection.open(new InetSocketAddress(this.host, port), this.tls, this.framing, this.charset,
					this.timeout);
		}
		String scheme = (this.tls != null) ? "wss" : "ws";
		String host = this.host.contains(":") ? "[" + this.host + "]" : this.host;
		URI uri = URI.create("%s://%s:%d%s".formatted(scheme, host, port, this.path));
		return WebSocketConnection.open(uri, this.subprotocols, this.headers, this.tls, this.timeout);
	}

}
