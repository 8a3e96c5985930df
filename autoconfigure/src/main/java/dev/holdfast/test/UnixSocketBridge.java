package dev.holdfast.test;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A port of this machine behind which a Unix domain socket is found, for clients that
 * know only TCP. Closing it refuses further connections and keeps those that are there.
 */
final class UnixSocketBridge implements Closeable {

	private static final int CHUNK = 8192;

	private final UnixDomainSocketAddress address;

	private final ServerSocketChannel listener;

	private final CountDownLatch accepted = new CountDownLatch(1);

	private @Nullable SocketChannel first;

	private UnixSocketBridge(UnixDomainSocketAddress address) throws IOException {
		this.address = address;
		this.first = SocketChannel.open(address);
		this.listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("localhost"), 0));
	}

	/**
	 * Connect to a Unix domain socket.
	 * @param path the path of the socket
	 * @return the bridge, whose first client gets the connection
	 * @throws IOException if nobody listens on the socket
	 */
	static UnixSocketBridge open(Path path) throws IOException {
		UnixSocketBridge bridge = new UnixSocketBridge(UnixDomainSocketAddress.of(path));
		start(bridge::accept);
		return bridge;
	}

	int port() {
		return this.listener.socket().getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				SocketChannel client = this.listener.accept();
				this.accepted.countDown();
				SocketChannel server = connect();
				start(() -> join(client, server));
			}
		}
		catch (IOException ex) {
			// Ignore
		}
	}

	private synchronized SocketChannel connect() throws IOException {
		SocketChannel server = this.first;
		this.first = null;
		return (server != null) ? server : SocketChannel.open(this.address);
	}

	private static void join(SocketChannel client, SocketChannel server) {
		try (client; server) {
			Thread answers = start(() -> pump(server, client));
			pump(client, server);
			answers.join();
		}
		catch (IOException ex) {
			// Ignore
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void pump(SocketChannel from, SocketChannel to) {
		try {
			ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
			while (from.read(buffer.clear()) >= 0) {
				buffer.flip();
				while (buffer.hasRemaining()) {
					to.write(buffer);
				}
			}
			to.shutdownOutput();
		}
		catch (IOException ex) {
			abort(from);
			abort(to);
		}
	}

	private static void abort(SocketChannel channel) {
		try (channel) {
			if (channel.getRemoteAddress() instanceof InetSocketAddress) {
				channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			}
		}
		catch (IOException ex) {
			// Ignore
		}
	}

	private static Thread start(Runnable task) {
		Thread thread = new Thread(task, "unix-socket-bridge");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * Wait for the first client, whose connection would else be reset, and accept no
	 * more.
	 */
	@Override
	public void close() throws IOException {
		try {
			this.accepted.await(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.listener.close();
		release();
	}

	private synchronized void release() throws IOException {
		if (this.first != null && this.accepted.getCount() > 0) {
			this.first.close();
		}
	}

}
