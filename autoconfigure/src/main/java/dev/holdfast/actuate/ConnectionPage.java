package dev.holdfast.actuate;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.connection.SocketConnection;

/**
 * One page out of many connections, and how many there were. Keeps only the connections
 * of the page.
 */
final class ConnectionPage {

	private final long offset;

	private final int limit;

	private final List<SocketConnection> connections = new ArrayList<>();

	private long total;

	ConnectionPage(long offset, int limit) {
		this.offset = offset;
		this.limit = limit;
	}

	void add(SocketConnection connection) {
		if (this.total >= this.offset && this.connections.size() < this.limit) {
			this.connections.add(connection);
		}
		this.total++;
	}

	long total() {
		return this.total;
	}

	List<SocketConnection> connections() {
		return this.connections;
	}

}
