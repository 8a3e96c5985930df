package dev.holdfast.cluster;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.util.Assert;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

/**
 * {@link Connections} of all nodes, in front of those of this node. Thread-safe.
 */
public final class ClusterConnections implements Connections {

	private final ClusterNode node;

	private final Connections local;

	/**
	 * Create new {@link ClusterConnections}.
	 * @param node this node
	 */
	public ClusterConnections(ClusterNode node) {
		Assert.notNull(node, "'node' must not be null");
		this.node = node;
		this.local = node.local();
	}

	@Override
	public Recipients all() {
		return recipients(Target.of(Target.Kind.ALL), this.local.all());
	}

	@Override
	public Recipients server(String server) {
		return recipients(Target.of(Target.Kind.SERVER, server), this.local.server(server));
	}

	@Override
	public Recipients user(String user) {
		return recipients(Target.of(Target.Kind.USER, user), this.local.user(user));
	}

	@Override
	public Recipients users(Collection<String> users) {
		Set<String> names = new LinkedHashSet<>(users);
		return recipients(new Target(Target.Kind.USERS, List.copyOf(names), Set.of()), this.local.users(names));
	}

	@Override
	public Recipients group(String group) {
		return recipients(Target.of(Target.Kind.GROUP, group), this.local.group(group));
	}

	@Override
	public Recipients connection(String connectionId) {
		return recipients(Target.of(Target.Kind.CONNECTION, connectionId), this.local.connection(connectionId));
	}

	private Recipients recipients(Target target, Recipients local) {
		return new ClusterRecipients(this.node, target, local);
	}

	@Override
	public Optional<SocketConnection> find(String connectionId) {
		return this.local.find(connectionId);
	}

	@Override
	public long count() {
		return this.local.count();
	}

	@Override
	public Set<String> users() {
		return this.local.users();
	}

	@Override
	public Set<String> groups() {
		return this.local.groups();
	}

}
