package dev.holdfast.server.netty;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A set of connections by identity, in one array with linear probing and backward shift
 * deletion. Thread-safe.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Linear_probing">Linear probing</a>
 */
final class ConnectionSet {

	private static final int INITIAL_CAPACITY = 4;

	private @Nullable NettyConnection[] table = new NettyConnection[INITIAL_CAPACITY];

	private int size;

	synchronized boolean add(NettyConnection connection) {
		if ((this.size + 1) * 4 > this.table.length * 3) {
			resize(this.table.length * 2);
		}
		if (!insert(this.table, connection)) {
			return false;
		}
		this.size++;
		return true;
	}

	private static boolean insert(@Nullable NettyConnection[] table, NettyConnection connection) {
		int mask = table.length - 1;
		int index = connection.spread() & mask;
		while (table[index] != null) {
			if (table[index] == connection) {
				return false;
			}
			index = (index + 1) & mask;
		}
		table[index] = connection;
		return true;
	}

	synchronized boolean remove(NettyConnection connection) {
		int mask = this.table.length - 1;
		int index = connection.spread() & mask;
		while (this.table[index] != connection) {
			if (this.table[index] == null) {
				return false;
			}
			index = (index + 1) & mask;
		}
		close(index, mask);
		this.size--;
		if (this.table.length > INITIAL_CAPACITY && this.size * 8 < this.table.length) {
			resize(this.table.length / 2);
		}
		return true;
	}

	private void close(int gap, int mask) {
		int index = (gap + 1) & mask;
		NettyConnection next = this.table[index];
		while (next != null) {
			int home = next.spread() & mask;
			if (((index - home) & mask) >= ((index - gap) & mask)) {
				this.table[gap] = next;
				gap = index;
			}
			index = (index + 1) & mask;
			next = this.table[index];
		}
		this.table[gap] = null;
	}

	private void resize(int capacity) {
		@Nullable NettyConnection[] table = new NettyConnection[capacity];
		for (NettyConnection connection : this.table) {
			if (connection != null) {
				insert(table, connection);
			}
		}
		this.table = table;
	}

	synchronized int size() {
		return this.size;
	}

	/**
	 * Return the connections.
	 * @return a copy
	 */
	synchronized NettyConnection[] toArray() {
		return Arrays.stream(this.table).filter((connection) -> connection != null).toArray(NettyConnection[]::new);
	}

}
