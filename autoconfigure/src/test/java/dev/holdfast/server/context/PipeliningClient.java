package dev.holdfast.server.context;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A client that keeps some requests in flight and checks that each reply is the next one,
 * until the server ends the connection.
 */
final class PipeliningClient extends Thread {

	private final int port;

	private final int inFlight;

	private volatile long replies;

	private volatile @Nullable Throwable failure;

	PipeliningClient(int port, int inFlight) {
		this.port = port;
		this.inFlight = inFlight;
		setDaemon(true);
	}

	@Override
	public void run() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(60_000);
			run(socket);
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
	}

	private void run(Socket socket) throws IOException {
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
		OutputStream out = socket.getOutputStream();
		for (int i = 0; i < this.inFlight; i++) {
			request(out, i);
		}
		for (String reply = reader.readLine(); reply != null; reply = reader.readLine()) {
			if (!reply.equals("request " + this.replies)) {
				throw new IOException("Reply %d was '%s'".formatted(this.replies, reply));
			}
			request(out, this.replies + this.inFlight);
			this.replies++;
		}
	}

	private static void request(OutputStream out, long number) throws IOException {
		out.write(("request " + number + "\n").getBytes(StandardCharsets.US_ASCII));
	}

	long replies() {
		return this.replies;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

}
