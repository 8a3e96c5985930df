package dev.holdfast.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * {@link ClusterTransport} between nodes of one process. It shows the whole contract, and
 * can be cut. Thread-safe.
 */
public final class InMemoryClusterTransport implements ClusterTransport {

	private final InMemoryBus bus;

	private final Set<String> channels = ConcurrentHashMap.newKeySet();

	private volatile ClusterReceiver receiver;

	private volatile boolean connected;

	public InMemoryClusterTransport(InMemoryBus bus) {
		this.bus = bus;
	}

	@Override
	public void start(ClusterReceiver receiver) {
		this.receiver = receiver;
		this.bus.add(this);
		restore();
	}

	@Override
	public void stop() {
		this.connected = false;
		this.bus.remove(this);
	}

	/**
	 * Lose the connection.
	 */
	public void cut() {
		this.connected = false;
		this.receiver.disconnected("cut");
	}

	/**
	 * Come back.
	 */
	public void restore() {
		this.connected = true;
		this.bus.execute(this.receiver::connected);
	}

	void offer(String channel, byte[] packet) {
		if (this.connected && this.channels.contains(channel)) {
			this.receiver.received(packet);
		}
	}

	Set<String> channels() {
		return this.channels;
	}

	@Override
	public CompletionStage<Void> publish(String channel, byte[] packet) {
		return call(() -> {
			this.bus.carry(channel, packet);
			return null;
		});
	}

	@Override
	public void subscribe(Collection<String> channels) {
		this.channels.addAll(channels);
	}

	@Override
	public void unsubscribe(Collection<String> channels) {
		this.channels.removeAll(channels);
	}

	@Override
	public CompletionStage<Boolean> remember(String key, Map<String, Long> counts, Duration timeToLive) {
		return call(() -> this.bus.remember(key, counts));
	}

	@Override
	public CompletionStage<Map<String, Long>> recall(String key, Collection<String> names) {
		return call(() -> this.bus.recall(key, names));
	}

	@Override
	public CompletionStage<Void> forget(String key) {
		return call(() -> {
			this.bus.forget(key);
			return null;
		});
	}

	private <T> CompletionStage<T> call(Supplier<T> action) {
		return this.connected ? CompletableFuture.completedFuture(action.get())
				: CompletableFuture.failedFuture(new IllegalStateException("There is no connection"));
	}

}
