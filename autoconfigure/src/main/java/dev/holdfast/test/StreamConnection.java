package dev.holdfast.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.Framing;

/**
 * {@link TestConnection} over TCP, with or without TLS. It reads only while a test waits
 * for something, so that a test can play the slow consumer. Thread-safe.
 */
final class StreamConnection implements TestConnection {

	private static final long ONE_MILLISECOND = 1_000_000;

	private final Socket tcp;

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	private final Charset charset;

	private final FrameBuffer frames;

	private @Nullable Received end;

	private volatile boolean closed;

	private volatile @Nullable IOException resetWhileSending;

	private StreamConnection(Socket tcp, Socket socket, Framing framing, Charset charset) throws IOException {
		this.tcp = tcp;
		this.socket = socket;
		this.in = socket.getInputStream();
		this.out = socket.getOutputStream();
		this.charset = charset;
		this.frames = new FrameBuffer(framing);
	}

	private StreamConnection(Socket tcp, Framing framing, Charset charset, Received end) throws IOException {
		this.tcp = tcp;
		this.socket = tcp;
		this.in = InputStream.nullInputStream();
		this.out = OutputStream.nullOutputStream();
		this.out.close();
		this.charset = charset;
		this.frames = new FrameBuffer(framing);
		this.end = end;
		close();
	}

	static StreamConnection open(InetSocketAddress address, @Nullable TlsSettings tls, Framing framing, Charset charset,
			Duration timeout) throws IOException {
		Socket tcp = new Socket();
		try {
			tcp.setTcpNoDelay(true);
			tcp.connect(address, millis(timeout));
			tcp.setSoTimeout(millis(timeout));
			Socket socket = (tls != null) ? secure(tcp, tls) : tcp;
			return new StreamConnection(tcp, socket, framing, charset);
		}
		catch (IOException | RuntimeException ex) {
			tcp.close();
			if (tls == null && isReset(ex)) {
				return new StreamConnection(tcp, framing, charset, Received.failure(ex));
			}
			throw ex;
		}
	}

	private static boolean isReset(Exception failure) {
		return failure instanceof SocketException && String.valueOf(failure.getMessage()).contains("reset");
	}

	private static Socket secure(Socket tcp, TlsSettings tls) throws IOException {
		InetSocketAddress address = (InetSocketAddress) tcp.getRemoteSocketAddress();
		SSLSocket socket = (SSLSocket) tls.context()
			.getSocketFactory()
			.createSocket(tcp, address.getHostString(), address.getPort(), true);
		socket.setSSLParameters(tls.parameters());
		socket.startHandshake();
		return socket;
	}

	private static int millis(Duration timeout) {
		long roundedUp = timeout.plusNanos(ONE_MILLISECOND - 1).toMillis();
		return (int) Math.max(1, Math.min(roundedUp, Integer.MAX_VALUE));
	}

	@Override
	public void send(String text) throws IOException {
		send(text.getBytes(this.charset));
	}

	@Override
	public void send(byte[] bytes) throws IOException {
		sendRaw(this.frames.frame(bytes));
	}

	@Override
	public void sendRaw(byte[] bytes) throws IOException {
		try {
			write(bytes);
		}
		catch (IOException ex) {
			if (isReset(ex)) {
				this.resetWhileSending = ex;
			}
			throw ex;
		}
	}

	private void write(byte[] bytes) throws IOException {
		synchronized (this.out) {
			this.out.write(bytes);
			this.out.flush();
		}
	}

	@Override
	public Received receive(Duration timeout) throws IOException {
		synchronized (this.in) {
			if (this.end != null) {
				return this.end;
			}
			Received received = read(timeout);
			this.end = received.isEnd() ? received : null;
			return received;
		}
	}

	private Received read(Duration timeout) throws IOException {
		long deadline = System.nanoTime() + Math.max(timeout.toNanos(), ONE_MILLISECOND);
		try {
			byte @Nullable [] message = this.frames.next();
			while (message == null) {
				Duration left = Duration.ofNanos(deadline - System.nanoTime());
				if (!fill(left)) {
					return endOfStream();
				}
				message = this.frames.next();
			}
			return new Received.Message(message);
		}
		catch (SocketTimeoutException ex) {
			return new Received.Silence(timeout);
		}
		catch (IOException | RuntimeException ex) {
			return failure(ex);
		}
	}

	private Received endOfStream() {
		@Nullable IOException reset = this.resetWhileSending;
		if (reset != null) {
			return Received.failure(reset);
		}
		return this.frames.isEmpty() ? new Received.Closed(0, "") : new Received.Truncated(this.frames.rest());
	}

	private boolean fill(Duration left) throws IOException {
		if (left.isNegative()) {
			throw new SocketTimeoutException();
		}
		this.socket.setSoTimeout(millis(left));
		return this.frames.fill(this.in);
	}

	private Received failure(Exception cause) throws IOException {
		if (this.closed && cause instanceof IOException exception) {
			throw exception;
		}
		return Received.failure(cause);
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	@Override
	public void sendClose(int code, String text) {
		throw new UnsupportedOperationException("Only WebSocket has close codes: use 'shutdownOutput' or 'close'");
	}

	@Override
	public String subprotocol() {
		return "";
	}

	@Override
	public void reset() throws IOException {
		if (!this.closed) {
			this.closed = true;
			this.tcp.setSoLinger(true, 0);
			this.tcp.close();
		}
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.socket.close();
	}

}
