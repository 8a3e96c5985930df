package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * What most connections lack: a user, groups, attributes and an address told by a proxy.
 * Guarded by its connection, but for the address.
 */
final class Profile {

	static final int MAX_GROUPS = 10_000;

	private static final String[] NONE = {};

	@Nullable String user;

	String[] groups = NONE;

	@Nullable Map<String, Object> attributes;

	volatile @Nullable SocketAddress client;

	boolean addGroup(String group) {
		if (Arrays.asList(this.groups).contains(group)) {
			return false;
		}
		Assert.state(this.groups.length < MAX_GROUPS,
				() -> "A connection cannot belong to more than %d groups".formatted(MAX_GROUPS));
		this.groups = Arrays.copyOf(this.groups, this.groups.length + 1);
		this.groups[this.groups.length - 1] = group;
		return true;
	}

	boolean removeGroup(String group) {
		int index = Arrays.asList(this.groups).indexOf(group);
		if (index < 0) {
			return false;
		}
		String[] groups = Arrays.copyOf(this.groups, this.groups.length - 1);
		System.arraycopy(this.groups, index + 1, groups, index, groups.length - index);
		this.groups = groups;
		return true;
	}

	Set<String> groups() {
		return Set.of(this.groups);
	}

	Map<String, Object> attributes() {
		if (this.attributes == null) {
			this.attributes = new ConnectionAttributes();
		}
		return this.attributes;
	}

}
