package dev.holdfast.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.holdfast.connection.Connections;
import dev.holdfast.server.MembershipListener;

/**
 * Keeps this node subscribed to the users and groups that it has connections of. Changes
 * are noted by any thread and carried out by the executor, which runs one task at a time;
 * all other methods are called there.
 */
final class Subscriptions implements MembershipListener {

	private final ClusterSettings settings;

	private final ClusterTransport transport;

	private final Connections connections;

	private final Presence presence;

	private final Executor executor;

	private final Set<Membership> changed = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final Set<Membership> subscribed = ConcurrentHashMap.newKeySet();

	private final Map<Membership, Long> leaving = new HashMap<>();

	Subscriptions(ClusterSettings settings, ClusterTransport transport, Connections connections, Presence presence,
			Executor executor) {
		this.settings = settings;
		this.transport = transport;
		this.connections = connections;
		this.presence = presence;
		this.executor = executor;
	}

	@Override
	public void userChanged(String user) {
		changed(Membership.user(user));
	}

	@Override
	public void groupChanged(String group) {
		changed(Membership.group(group));
	}

	private void changed(Membership membership) {
		this.changed.add(membership);
		if (this.scheduled.compareAndSet(false, true)) {
			this.executor.execute(this::update);
		}
	}

	private void update() {
		this.scheduled.set(false);
		List<String> channels = new ArrayList<>();
		for (Iterator<Membership> iterator = this.changed.iterator(); iterator.hasNext();) {
			Membership membership = iterator.next();
			iterator.remove();
			if (update(membership, membership.count(this.connections))) {
				channels.add(membership.channel(this.settings));
			}
		}
		if (!channels.isEmpty()) {
			this.transport.subscribe(channels);
		}
	}

	private boolean update(Membership membership, long count) {
		this.presence.changed(membership, count);
		if (count > 0) {
			this.leaving.remove(membership);
			return this.subscribed.add(membership);
		}
		if (this.subscribed.contains(membership)) {
			this.leaving.put(membership, System.nanoTime());
		}
		return false;
	}

	/**
	 * Give up the subscriptions that have not been needed for some time.
	 */
	void sweep() {
		long oldest = System.nanoTime() - this.settings.linger().toNanos();
		List<String> channels = new ArrayList<>();
		this.leaving.entrySet().removeIf((entry) -> {
			boolean over = entry.getValue() - oldest <= 0;
			if (over && this.subscribed.remove(entry.getKey())) {
				channels.add(entry.getKey().channel(this.settings));
			}
			return over;
		});
		if (!channels.isEmpty()) {
			this.transport.unsubscribe(channels);
		}
	}

	/**
	 * Return how many users and groups are subscribed.
	 * @return the number
	 */
	int size() {
		return this.subscribed.size();
	}

}
