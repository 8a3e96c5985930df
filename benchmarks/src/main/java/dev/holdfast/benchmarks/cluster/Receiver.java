package dev.holdfast.benchmarks.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that counts lines. Thread-safe.
 */
final class Receiver implements AutoCloseable {

	private final Socket socket;

	private volatile long lines;

	/**
	 * Connect.
	 * @param port the port of the server
	 * @param line what to say first
	 */
	Receiver(int port, String line) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
		Thread thread = new Thread(this::read, "receiver");
		thread.setDaemon(true);
		thread.start();
	}

	private void read() {
		byte[] buffer = new byte[64 * 1024];
		try (InputStream in = this.socket.getInputStream()) {
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				int count = 0;
				for (int i = 0; i < length; i++) {
					count += (buffer[i] == '\n') ? 1 : 0;
				}
				this.lines += count;
			}
		}
		catch (IOException ex) {
			Thread.currentThread().interrupt();
		}
	}

	long lines() {
		return this.lines;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
