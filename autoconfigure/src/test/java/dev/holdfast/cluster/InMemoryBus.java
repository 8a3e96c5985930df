package dev.holdfast.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What {@link InMemoryClusterTransport}s of one cluster share: one thread carries all
 * packets, in order. Thread-safe.
 */
public final class InMemoryBus implements AutoCloseable {

	private final List<InMemoryClusterTransport> transports = new CopyOnWriteArrayList<>();

	private final Map<String, Map<String, Long>> keys = new ConcurrentHashMap<>();

	private final ExecutorService carrier = Executors.newSingleThreadExecutor();

	void add(InMemoryClusterTransport transport) {
		this.transports.add(transport);
	}

	void remove(InMemoryClusterTransport transport) {
		this.transports.remove(transport);
	}

	void carry(String channel, byte[] packet) {
		this.carrier.execute(() -> this.transports.forEach((transport) -> transport.offer(channel, packet)));
	}

	void execute(Runnable task) {
		this.carrier.execute(task);
	}

	boolean remember(String key, Map<String, Long> counts) {
		boolean existed = this.keys.containsKey(key);
		this.keys.compute(key, (name, present) -> {
			Map<String, Long> all = (present != null) ? new HashMap<>(present) : new HashMap<>();
			all.putAll(counts);
			all.values().removeIf((count) -> count == 0);
			return all.isEmpty() ? null : all;
		});
		return existed;
	}

	Map<String, Long> recall(String key, Collection<String> names) {
		Map<String, Long> counts = new HashMap<>(this.keys.getOrDefault(key, Map.of()));
		counts.keySet().retainAll(names);
		return counts;
	}

	/**
	 * Forget everything that was remembered, as a restart would.
	 */
	public void clear() {
		this.keys.clear();
	}

	void forget(String key) {
		this.keys.remove(key);
	}

	/**
	 * Return all channels that somebody is subscribed to.
	 * @return the names, with repetitions
	 */
	public List<String> channels() {
		List<String> channels = new ArrayList<>();
		this.transports.forEach((transport) -> channels.addAll(transport.channels()));
		return channels;
	}

	Set<String> keys() {
		return this.keys.keySet();
	}

	@Override
	public void close() {
		this.carrier.shutdownNow();
	}

}
