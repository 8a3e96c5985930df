package dev.holdfast.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Many clients of line servers, read by one thread, which remember what each received.
 * Thread-safe.
 */
public final class Audience implements AutoCloseable {

	private final Selector selector;

	private final List<Client> clients = new CopyOnWriteArrayList<>();

	private final Thread thread = new Thread(this::read, "audience");

	public Audience() throws IOException {
		this.selector = Selector.open();
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Connect clients, each of which says some lines first.
	 * @param port the port of the server
	 * @param count the number of clients
	 * @param lines the lines
	 * @return the clients
	 */
	public List<Client> connect(int port, int count, String... lines) throws IOException {
		List<Client> added = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			SocketChannel channel = SocketChannel.open();
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			channel.connect(new InetSocketAddress("127.0.0.1", port));
			Client client = new Client(channel);
			client.say(lines);
			channel.configureBlocking(false);
			this.selector.wakeup();
			channel.register(this.selector, SelectionKey.OP_READ, client);
			added.add(client);
		}
		this.clients.addAll(added);
		return added;
	}

	private void read() {
		ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
		while (this.selector.isOpen()) {
			try {
				this.selector.select((key) -> read(key, buffer), 10);
			}
			catch (IOException | ClosedSelectorException ex) {
				return;
			}
		}
	}

	private static void read(SelectionKey key, ByteBuffer buffer) {
		Client client = (Client) key.attachment();
		try {
			buffer.clear();
			int length = client.channel.read(buffer);
			if (length < 0) {
				client.closed = true;
				key.cancel();
			}
			else {
				client.received(new String(buffer.array(), 0, length, StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			client.closed = true;
			key.cancel();
		}
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
		for (Client client : this.clients) {
			client.channel.close();
		}
	}

	/**
	 * One client. Thread-safe.
	 */
	public static final class Client {

		private final SocketChannel channel;

		private final List<String> lines = new ArrayList<>();

		private String rest = "";

		private volatile boolean closed;

		private Client(SocketChannel channel) {
			this.channel = channel;
		}

		public void say(String... lines) throws IOException {
			for (String line : lines) {
				this.channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
			}
		}

		private synchronized void received(String text) {
			String all = this.rest + text;
			int start = 0;
			for (int end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', start)) {
				this.lines.add(all.substring(start, end));
				start = end + 1;
			}
			this.rest = all.substring(start);
		}

		public synchronized List<String> lines() {
			return List.copyOf(this.lines);
		}

		public synchronized void forget() {
			this.lines.clear();
		}

		public boolean isClosed() {
			return this.closed;
		}

		public void close() throws IOException {
			this.channel.close();
		}

	}

}
