package dev.holdfast.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A server that plays one script for one connection. Closing it waits for the script and
 * throws what went wrong in it.
 */
final class ScriptedServer implements AutoCloseable {

	private final ServerSocket listener;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private ScriptedServer(ServerSocket listener) {
		this.listener = listener;
	}

	static ScriptedServer start(Script script) throws IOException {
		return start(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), script);
	}

	static ScriptedServer start(ServerSocket listener, Script script) {
		ScriptedServer server = new ScriptedServer(listener);
		Thread thread = new Thread(() -> server.play(script), "scripted-server");
		thread.setDaemon(true);
		thread.start();
		return server;
	}

	private void play(Script script) {
		try (Socket socket = this.listener.accept()) {
			socket.setSoTimeout(5000);
			script.play(socket);
			this.done.complete(null);
		}
		catch (Throwable ex) {
			this.done.completeExceptionally(ex);
		}
	}

	int port() {
		return this.listener.getLocalPort();
	}

	@Override
	public void close() throws Exception {
		try {
			this.done.get(5, TimeUnit.SECONDS);
		}
		finally {
			this.listener.close();
		}
	}

	static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().flush();
	}

	static String readUntil(Socket socket, String end) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		InputStream in = socket.getInputStream();
		while (!bytes.toString(StandardCharsets.UTF_8).endsWith(end)) {
			int value = in.read();
			if (value < 0) {
				throw new IOException("End of stream after '%s'".formatted(bytes));
			}
			bytes.write(value);
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	static String readAll(Socket socket) throws IOException {
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	static void reset(Socket socket) throws IOException {
		socket.setSoLinger(true, 0);
		socket.close();
	}

	interface Script {

		void play(Socket socket) throws Exception;

	}

}
