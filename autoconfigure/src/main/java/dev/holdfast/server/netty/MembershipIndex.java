package dev.holdfast.server.netty;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Connections by the name of what they belong to. A name without connections leaves
 * nothing behind. Thread-safe.
 */
final class MembershipIndex {

	private static final NettyConnection[] NONE = {};

	private final Map<String, ConnectionSet> members = new ConcurrentHashMap<>();

	private volatile @Nullable Consumer<String> listener;

	/**
	 * Tell a listener the name of what gained or lost a connection from now on.
	 * @param listener the listener
	 */
	void onChange(Consumer<String> listener) {
		this.listener = listener;
	}

	private void changed(String name) {
		Consumer<String> listener = this.listener;
		if (listener != null) {
			listener.accept(name);
		}
	}

	void add(String name, NettyConnection connection) {
		this.members.compute(name, (key, present) -> {
			ConnectionSet set = (present != null) ? present : new ConnectionSet();
			set.add(connection);
			return set;
		});
		changed(name);
	}

	void remove(String name, NettyConnection connection) {
		this.members.computeIfPresent(name, (key, set) -> {
			set.remove(connection);
			return (set.size() > 0) ? set : null;
		});
		changed(name);
	}

	NettyConnection[] members(String name) {
		ConnectionSet set = this.members.get(name);
		return (set != null) ? set.toArray() : NONE;
	}

	int count(String name) {
		@Nullable ConnectionSet set = this.members.get(name);
		return (set != null) ? set.size() : 0;
	}

	Set<String> names() {
		return Set.copyOf(this.members.keySet());
	}

}
