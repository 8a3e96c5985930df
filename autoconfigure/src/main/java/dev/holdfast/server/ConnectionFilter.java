package dev.holdfast.server;

import java.net.SocketAddress;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

/**
 * Which connections an operator asked for; {@code null} and an empty text ask for any.
 * Immutable.
 *
 * @param server the name of the server
 * @param user the name of the user
 * @param group the name of a group
 * @param address the remote address, with or without its port
 */
public record ConnectionFilter(@Nullable String server, @Nullable String user, @Nullable String group,
		@Nullable String address) {

	/**
	 * Return the connections that meet all conditions.
	 * @param connections the connections to choose from
	 * @return those of this node
	 */
	public Stream<SocketConnection> select(Connections connections) {
		return narrowest(connections).stream().filter(onServer()).filter(inGroup()).filter(fromAddress());
	}

	/**
	 * Return the connections that meet all conditions, behind the first few.
	 * @param connections the connections to choose from
	 * @param offset how many to pass by
	 * @return those of this node
	 */
	public Stream<SocketConnection> select(Connections connections, long offset) {
		return isCounted() ? narrowest(connections).stream(offset) : select(connections).skip(offset);
	}

	/**
	 * Whether {@link #count(Connections)} need not look at each connection: there is at
	 * most one condition, and it is not the address.
	 * @return whether the connections are counted already
	 */
	public boolean isCounted() {
		long conditions = Arrays.asList(this.server, this.user, this.group)
			.stream()
			.filter(StringUtils::hasLength)
			.count();
		return conditions <= 1 && !StringUtils.hasLength(this.address);
	}

	/**
	 * Return how many connections meet all conditions.
	 * @param connections the connections to choose from
	 * @return the number of those of this node
	 */
	public long count(Connections connections) {
		return isCounted() ? narrowest(connections).count() : select(connections).count();
	}

	private Recipients narrowest(Connections connections) {
		if (StringUtils.hasLength(this.user)) {
			return connections.user(this.user);
		}
		if (StringUtils.hasLength(this.group)) {
			return connections.group(this.group);
		}
		return StringUtils.hasLength(this.server) ? connections.server(this.server) : connections.all();
	}

	private Predicate<SocketConnection> onServer() {
		String name = this.server;
		return StringUtils.hasLength(name) ? (connection) -> name.equals(connection.server()) : (connection) -> true;
	}

	private Predicate<SocketConnection> inGroup() {
		boolean walksGroup = !StringUtils.hasLength(this.user);
		String name = this.group;
		if (walksGroup || !StringUtils.hasLength(name)) {
			return (connection) -> true;
		}
		return (connection) -> connection.groups().contains(name);
	}

	private Predicate<SocketConnection> fromAddress() {
		if (!StringUtils.hasLength(this.address)) {
			return (connection) -> true;
		}
		Predicate<SocketAddress> matches = SocketAddresses.matching(this.address);
		return (connection) -> matches.test(connection.remoteAddress());
	}

}
