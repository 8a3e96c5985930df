package dev.holdfast.server.netty;

/**
 * Which connections belong to which user and group. Thread-safe.
 *
 * @param users connections by user
 * @param groups connections by group
 */
record Memberships(MembershipIndex users, MembershipIndex groups) {

	Memberships() {
		this(new MembershipIndex(), new MembershipIndex());
	}

}
