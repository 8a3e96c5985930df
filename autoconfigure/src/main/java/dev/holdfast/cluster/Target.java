package dev.holdfast.cluster;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;

/**
 * Which connections are meant, in words that each node understands. Immutable.
 *
 * @param kind what the names are names of
 * @param names the names, none for all connections
 * @param except the ids of connections that are left out
 */
record Target(Kind kind, List<String> names, Set<String> except) {

	Target {
		names = List.copyOf(names);
		except = Set.copyOf(except);
	}

	static Target of(Kind kind, String... names) {
		return new Target(kind, List.of(names), Set.of());
	}

	String name() {
		return this.names.get(0);
	}

	Target without(String connectionId) {
		Set<String> except = new LinkedHashSet<>(this.except);
		except.add(connectionId);
		return new Target(this.kind, this.names, except);
	}

	/**
	 * Return the same target for other nodes: without exceptions that are connections of
	 * this node.
	 * @param node the id of this node
	 * @return the target
	 */
	Target seenFromOthers(String node) {
		if (this.except.isEmpty()) {
			return this;
		}
		return new Target(this.kind, this.names,
				this.except.stream().filter((id) -> !node.equals(nodeOf(id))).collect(Collectors.toSet()));
	}

	Target named(String name) {
		return new Target(Kind.USER, List.of(name), this.except);
	}

	/**
	 * Return the connections of one node that are meant.
	 * @param connections the connections of the node
	 * @return the recipients
	 */
	Recipients in(Connections connections) {
		Recipients recipients = switch (this.kind) {
			case ALL -> connections.all();
			case SERVER -> connections.server(name());
			case USER -> connections.user(name());
			case USERS -> connections.users(this.names);
			case GROUP -> connections.group(name());
			case CONNECTION -> connections.connection(name());
		};
		for (String connectionId : this.except) {
			recipients = recipients.except(connectionId);
		}
		return recipients;
	}

	void write(ByteBuf out) {
		out.writeByte(this.kind.ordinal());
		Wire.writeTexts(out, this.names);
		Wire.writeTexts(out, this.except);
	}

	static Target read(ByteBuf in) {
		Kind kind = Kind.values()[in.readUnsignedByte()];
		return new Target(kind, Wire.readTexts(in), Set.copyOf(Wire.readTexts(in)));
	}

	/**
	 * Return the node of a connection.
	 * @param connectionId the id of the connection, {@code node-loop-slot-generation}
	 * @return the id of the node, or {@code null} if the other is no such id
	 */
	static @Nullable String nodeOf(String connectionId) {
		int end = connectionId.length();
		for (int i = 0; i < 3 && end > 0; i++) {
			end = connectionId.lastIndexOf('-', end - 1);
		}
		return (end > 0) ? connectionId.substring(0, end) : null;
	}

	/**
	 * What the names of a target are names of. The order is part of the wire format.
	 */
	enum Kind {

		ALL, SERVER, USER, USERS, GROUP, CONNECTION

	}

}
