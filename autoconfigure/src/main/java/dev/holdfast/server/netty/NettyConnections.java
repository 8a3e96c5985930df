package dev.holdfast.server.netty;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.util.Assert;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

/**
 * {@link Connections} of this node. Thread-safe.
 */
public final class NettyConnections implements Connections {

	private final NettyNode node;

	private final ConnectionLoops loops;

	private final Memberships memberships;

	/**
	 * Create new {@link NettyConnections}.
	 * @param node the node
	 */
	public NettyConnections(NettyNode node) {
		this.node = node;
		this.loops = node.loops();
		this.memberships = node.memberships();
	}

	@Override
	public Recipients all() {
		return new LocalRecipients((offset) -> this.loops.stream(null, offset), this::count);
	}

	@Override
	public Recipients server(String server) {
		Assert.notNull(server, "'server' must not be null");
		return new LocalRecipients((offset) -> this.loops.stream(server, offset),
				() -> this.node.openConnections(server));
	}

	@Override
	public Recipients user(String user) {
		Assert.notNull(user, "'user' must not be null");
		return members(this.memberships.users(), user);
	}

	@Override
	public Recipients users(Collection<String> users) {
		Set<String> names = new LinkedHashSet<>(users);
		MembershipIndex index = this.memberships.users();
		return new LocalRecipients((offset) -> {
			Set<NettyConnection> seen = Collections.newSetFromMap(new IdentityHashMap<>());
			return names.stream().flatMap((user) -> Arrays.stream(index.members(user))).filter(seen::add).skip(offset);
		}, null);
	}

	@Override
	public Recipients group(String group) {
		Assert.notNull(group, "'group' must not be null");
		return members(this.memberships.groups(), group);
	}

	private Recipients members(MembershipIndex index, String name) {
		return new LocalRecipients((offset) -> Arrays.stream(index.members(name)).skip(offset),
				() -> index.count(name));
	}

	@Override
	public Recipients connection(String connectionId) {
		Assert.notNull(connectionId, "'connectionId' must not be null");
		return new LocalRecipients((offset) -> Stream.ofNullable(this.loops.find(connectionId)).skip(offset), null);
	}

	@Override
	public Optional<SocketConnection> find(String connectionId) {
		Assert.notNull(connectionId, "'connectionId' must not be null");
		NettyConnection connection = this.loops.find(connectionId);
		return (connection != null && connection.isOpen()) ? Optional.of(connection) : Optional.empty();
	}

	@Override
	public long count() {
		return this.node.openConnections();
	}

	@Override
	public Set<String> users() {
		return this.memberships.users().names();
	}

	@Override
	public Set<String> groups() {
		return this.memberships.groups().names();
	}

}
