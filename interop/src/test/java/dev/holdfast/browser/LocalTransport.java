package dev.holdfast.browser;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.holdfast.cluster.ClusterReceiver;
import dev.holdfast.cluster.ClusterTransport;

/**
 * A {@link ClusterTransport} between the applications of one test, without presence.
 */
class LocalTransport implements ClusterTransport {

	private static final List<LocalTransport> STARTED = new CopyOnWriteArrayList<>();

	private final Set<String> channels = ConcurrentHashMap.newKeySet();

	private volatile ClusterReceiver receiver;

	@Override
	public void start(ClusterReceiver receiver) {
		this.receiver = receiver;
		STARTED.add(this);
		CompletableFuture.runAsync(receiver::connected);
	}

	@Override
	public void stop() {
		STARTED.remove(this);
	}

	@Override
	public CompletionStage<Void> publish(String channel, byte[] packet) {
		STARTED.stream()
			.filter((transport) -> transport.channels.contains(channel))
			.forEach((transport) -> transport.receiver.received(packet));
		return CompletableFuture.completedFuture(null);
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
		return CompletableFuture.completedFuture(true);
	}

	@Override
	public CompletionStage<Map<String, Long>> recall(String key, Collection<String> names) {
		return CompletableFuture.completedFuture(Map.of());
	}

	@Override
	public CompletionStage<Void> forget(String key) {
		return CompletableFuture.completedFuture(null);
	}

}
