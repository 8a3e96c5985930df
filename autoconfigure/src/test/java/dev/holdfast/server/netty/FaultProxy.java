package dev.holdfast.server.netty;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A network with faults: hands bytes on between clients and a server, late and in pieces,
 * or not at all, and cuts connections. Thread-safe.
 */
final class FaultProxy implements AutoCloseable {

	private static final int BUFFER = 4096;

	private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final int target;

	private volatile int maxDelayMillis;

	private volatile int maxPiece = BUFFER;

	private volatile boolean stalled;

	FaultProxy(int target) throws IOException {
		this.target = target;
		start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Hand bytes on in pieces of random size and with random delays from now on.
	 * @param maxPiece the largest piece in bytes
	 * @param maxDelayMillis the longest delay in milliseconds
	 */
	void dribble(int maxPiece, int maxDelayMillis) {
		this.maxPiece = maxPiece;
		this.maxDelayMillis = maxDelayMillis;
	}

	/**
	 * Hand nothing on and take nothing, in both directions, until told otherwise, so that
	 * windows close.
	 * @param stalled whether to
	 */
	void stall(boolean stalled) {
		this.stalled = stalled;
	}

	/**
	 * Cut all connections: both ends get a reset, and what was on its way is lost.
	 */
	void cut() throws IOException {
		for (Socket socket : this.sockets) {
			socket.setSoLinger(true, 0);
			socket.close();
		}
	}

	private void accept() throws IOException {
		while (!this.listener.isClosed()) {
			Socket client = this.listener.accept();
			Socket server = new Socket();
			server.setReceiveBufferSize(BUFFER);
			server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.target));
			this.sockets.addAll(List.of(client, server));
			start(() -> handOn(client, server));
			start(() -> handOn(server, client));
		}
	}

	private void handOn(Socket from, Socket to) throws IOException {
		Random random = new Random(from.getPort());
		InputStream in = from.getInputStream();
		OutputStream out = to.getOutputStream();
		byte[] buffer = new byte[BUFFER];
		int count = in.read(buffer, 0, 1 + random.nextInt(this.maxPiece));
		while (count >= 0) {
			LockSupport.parkNanos(random.nextInt(this.maxDelayMillis + 1) * 1_000_000L);
			awaitGo();
			out.write(buffer, 0, count);
			count = in.read(buffer, 0, 1 + random.nextInt(this.maxPiece));
		}
		awaitGo();
		to.shutdownOutput();
	}

	private void awaitGo() {
		while (this.stalled && !this.listener.isClosed()) {
			LockSupport.parkNanos(5_000_000L);
		}
	}

	private void start(Action action) {
		Thread thread = new Thread(() -> {
			try {
				action.run();
			}
			catch (IOException ex) {
				// Ignore: a connection was cut, or the proxy closed
			}
		}, "fault-proxy");
		thread.setDaemon(true);
		this.threads.add(thread);
		thread.start();
	}

	@Override
	public void close() throws Exception {
		this.listener.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		for (Thread thread : new ArrayList<>(this.threads)) {
			thread.join(10_000);
		}
	}

	/**
	 * Something that ends with a connection.
	 */
	private interface Action {

		void run() throws IOException;

	}

}
