package dev.holdfast.server.netty;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port behind which a server is found that gets all bytes one at a time.
 */
final class Dribble implements AutoCloseable {

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final int server;

	private Dribble(int server) throws IOException {
		this.server = server;
	}

	static Dribble to(int server) throws IOException {
		Dribble dribble = new Dribble(server);
		start(dribble::accept);
		return dribble;
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listener.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.server);
				server.setTcpNoDelay(true);
				start(() -> pump(client, server, 1));
				start(() -> pump(server, client, 8192));
			}
		}
		catch (IOException ex) {
			// Ignore
		}
	}

	private static void pump(Socket from, Socket to, int chunk) {
		byte[] bytes = new byte[chunk];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
				out.write(bytes, 0, count);
			}
			to.shutdownOutput();
		}
		catch (IOException ex) {
			close(from);
			close(to);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Ignore
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "dribble");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
