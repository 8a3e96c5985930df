package dev.holdfast.actuate;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.server.ConnectionFilter;

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

	/**
	 * Take the connections that meet all conditions. Those behind the page are looked at
	 * only if they have to be counted.
	 * @param filter the conditions
	 * @param connections the connections to choose from
	 */
	void fill(ConnectionFilter filter, Connections connections) {
		if (filter.isCounted()) {
			filter.select(connections, this.offset).limit(this.limit).forEachOrdered(this.connections::add);
			this.total = filter.count(connections);
		}
		else {
			filter.select(connections).forEachOrdered(this::add);
		}
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
