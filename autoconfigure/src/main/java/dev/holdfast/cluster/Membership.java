package dev.holdfast.cluster;

import dev.holdfast.connection.Connections;

/**
 * A user or a group, as far as this node has connections of it. Immutable.
 *
 * @param kind {@link Target.Kind#USER} or {@link Target.Kind#GROUP}
 * @param name the name
 */
record Membership(Target.Kind kind, String name) {

	static Membership user(String name) {
		return new Membership(Target.Kind.USER, name);
	}

	static Membership group(String name) {
		return new Membership(Target.Kind.GROUP, name);
	}

	long count(Connections connections) {
		return (this.kind == Target.Kind.USER) ? connections.user(this.name).count()
				: connections.group(this.name).count();
	}

	String channel(ClusterSettings settings) {
		return (this.kind == Target.Kind.USER) ? settings.userChannel(this.name) : settings.groupChannel(this.name);
	}

	/**
	 * Return the name under which the count is remembered.
	 * @return the name
	 */
	String field() {
		return ((this.kind == Target.Kind.USER) ? "u:" : "g:") + this.name;
	}

}
