package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.holdfast.connection.SocketConnection;

/**
 * The part of a connection that belongs to a user and to groups. What it belongs to
 * changes under the lock of the connection, so that nothing is joined once it has left.
 * Thread-safe.
 */
abstract class MemberConnection extends ChannelInboundHandlerAdapter implements SocketConnection {

	static final int MAX_NAME_LENGTH = 16 * 1024;

	private volatile @Nullable Profile profile;

	private boolean left;

	abstract Memberships memberships();

	abstract NettyConnection self();

	/**
	 * Return the address that a proxy told.
	 * @return the address or {@code null}
	 */
	final @Nullable SocketAddress client() {
		Profile profile = this.profile;
		return (profile != null) ? profile.client : null;
	}

	/**
	 * Remember the address that a proxy tells.
	 * @param client the address
	 */
	final synchronized void told(SocketAddress client) {
		profile().client = client;
	}

	private Profile profile() {
		Profile profile = this.profile;
		if (profile == null) {
			profile = new Profile();
			this.profile = profile;
		}
		return profile;
	}

	@Override
	public synchronized Optional<String> user() {
		Profile profile = this.profile;
		return (profile != null) ? Optional.ofNullable(profile.user) : Optional.empty();
	}

	@Override
	public synchronized boolean bindUser(String user) {
		checkName("user", user);
		if (this.left || user.equals(profile().user)) {
			return false;
		}
		unbindUser();
		profile().user = user;
		memberships().users().add(user, self());
		return true;
	}

	@Override
	public synchronized boolean unbindUser() {
		Profile profile = this.profile;
		if (this.left || profile == null || profile.user == null) {
			return false;
		}
		memberships().users().remove(profile.user, self());
		profile.user = null;
		return true;
	}

	@Override
	public synchronized Set<String> groups() {
		Profile profile = this.profile;
		return (profile != null) ? profile.groups() : Set.of();
	}

	@Override
	public synchronized boolean join(String group) {
		checkName("group", group);
		if (this.left || !profile().addGroup(group)) {
			return false;
		}
		memberships().groups().add(group, self());
		return true;
	}

	@Override
	public synchronized boolean leave(String group) {
		Profile profile = this.profile;
		if (this.left || profile == null || !profile.removeGroup(group)) {
			return false;
		}
		memberships().groups().remove(group, self());
		return true;
	}

	@Override
	public synchronized Map<String, Object> attributes() {
		return profile().attributes();
	}

	/**
	 * Leave every user and group for good, but remember them.
	 */
	synchronized void leaveAll() {
		if (this.left) {
			return;
		}
		this.left = true;
		Profile profile = this.profile;
		if (profile != null) {
			leaveAll(profile);
		}
	}

	private void leaveAll(Profile profile) {
		if (profile.user != null) {
			memberships().users().remove(profile.user, self());
		}
		for (String group : profile.groups) {
			memberships().groups().remove(group, self());
		}
	}

	/**
	 * Check the name of a user or a group.
	 * @param kind what is named
	 * @param name the name
	 * @throws IllegalArgumentException if it is blank or too long
	 */
	static void checkName(String kind, String name) {
		Assert.hasText(name, () -> "'%s' must not be empty".formatted(kind));
		Assert.isTrue(name.length() <= MAX_NAME_LENGTH,
				() -> "'%s' must not be longer than %d characters".formatted(kind, MAX_NAME_LENGTH));
	}

}
