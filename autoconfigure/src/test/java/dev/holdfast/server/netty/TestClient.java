package dev.holdfast.server.netty;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of {@link TestServer} whose reads wait for ten seconds at most.
 */
final class TestClient implements Bystander.Conversation {

	private static final int TIMEOUT = 10_000;

	private final Socket socket;

	private final InputStream in;

	TestClient(int port, int receiveBuffer) throws IOException {
		this(new Socket(), port, receiveBuffer);
	}

	TestClient(Socket socket, int port, int receiveBuffer) throws IOException {
		this.socket = socket;
		if (receiveBuffer > 0) {
			this.socket.setReceiveBufferSize(receiveBuffer);
		}
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(TIMEOUT);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT);
		this.in = new BufferedInputStream(this.socket.getInputStream(), 64 * 1024);
	}

	TestClient send(String text) throws IOException {
		return send(text.getBytes(StandardCharsets.UTF_8));
	}

	TestClient send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		return this;
	}

	TestClient sendBytewise(byte[] bytes) throws IOException {
		for (byte value : bytes) {
			this.socket.getOutputStream().write(value);
		}
		return this;
	}

	@Override
	public String ask(String line) throws IOException {
		send(line + "\n");
		return line();
	}

	String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int value = this.in.read();
		while (value != '\n') {
			if (value < 0) {
				throw new IOException("The connection ended after '" + line + "'");
			}
			line.write(value);
			value = this.in.read();
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	List<String> lines(int count) throws IOException {
		List<String> lines = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			lines.add(line());
		}
		return lines;
	}

	byte[] read(int count) throws IOException {
		return this.in.readNBytes(count);
	}

	/**
	 * Read until the server's FIN.
	 * @return what was read
	 * @throws IOException if the connection was reset instead
	 */
	byte[] readAll() throws IOException {
		return this.in.readAllBytes();
	}

	String readText() throws IOException {
		return new String(readAll(), StandardCharsets.UTF_8);
	}

	int port() {
		return this.socket.getLocalPort();
	}

	void shutdownOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
