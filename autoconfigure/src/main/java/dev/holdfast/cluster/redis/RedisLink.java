package dev.holdfast.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * A pair of connections to Redis from when they are opened until the first of them
 * breaks; then a new link takes over. Thread-safe.
 */
final class RedisLink {

	private static final int BATCH = 512;

	private static final long SILENCE = TimeUnit.SECONDS.toNanos(5);

	private final RedisConnections connections;

	private final RedisPubSubAsyncCommands<String, byte[]> publisher;

	private final RedisPubSubAsyncCommands<String, byte[]> subscriber;

	private final Consumer<String> lost;

	private final String probe;

	private volatile long lastReceived = System.nanoTime();

	private volatile long lastTaken = System.nanoTime();

	private final long openedAt = System.nanoTime();

	/**
	 * Create a new {@link RedisLink}.
	 * @param connections the connections, which the link closes
	 * @param probe the channel on which the link writes to itself
	 * @param receiver takes messages, on a thread that must not be blocked
	 * @param lost is told the reason when the link breaks, maybe more than once
	 */
	RedisLink(RedisConnections connections, String probe, Consumer<byte[]> receiver, Consumer<String> lost) {
		this.connections = connections;
		this.publisher = connections.publisher().async();
		this.subscriber = connections.subscriber().async();
		this.probe = probe;
		this.lost = lost;
		connections.subscriber().addListener(new RedisPubSubAdapter<>() {

			@Override
			public void message(String channel, byte[] message) {
				RedisLink.this.lastReceived = System.nanoTime();
				if (message.length > 0) {
					receiver.accept(message);
				}
			}

		});
		connections.subscriber().addListener(new Disconnected("the subscription was closed"));
		connections.publisher().addListener(new Disconnected("the connection was closed"));
	}

	/**
	 * Subscribe to channels after a link was opened, in batches.
	 * @param channels the names of the channels
	 * @return what to {@link #await}
	 */
	List<RedisFuture<?>> begin(Collection<String> channels) {
		List<RedisFuture<?>> futures = new ArrayList<>();
		futures.add(this.subscriber.subscribe(this.probe));
		forEachBatch(channels, (batch) -> futures.add(this.subscriber.subscribe(batch)));
		futures.add(this.subscriber.ping());
		return futures;
	}

	/**
	 * Wait until all subscriptions are in place.
	 * @param futures what {@link #begin} returned
	 * @throws RedisException if one fails, or nothing happens for too long
	 */
	void await(List<RedisFuture<?>> futures) {
		futures.forEach((future) -> LettuceFutures.awaitOrCancel(future, SILENCE, TimeUnit.NANOSECONDS));
		this.lastReceived = System.nanoTime();
		this.lastTaken = System.nanoTime();
	}

	void subscribe(Collection<String> channels) {
		forEachBatch(channels, (batch) -> check(this.subscriber.subscribe(batch)));
	}

	void unsubscribe(Collection<String> channels) {
		forEachBatch(channels, (batch) -> check(this.subscriber.unsubscribe(batch)));
	}

	private void check(RedisFuture<?> future) {
		future.whenComplete((value, ex) -> {
			if (ex != null) {
				this.lost.accept("a subscription failed: " + ex);
			}
		});
	}

	private static void forEachBatch(Collection<String> channels, Consumer<String[]> action) {
		List<String> all = new ArrayList<>(channels);
		for (int start = 0; start < all.size(); start += BATCH) {
			action.accept(all.subList(start, Math.min(start + BATCH, all.size())).toArray(String[]::new));
		}
	}

	CompletionStage<Void> publish(String channel, byte[] packet) {
		return this.publisher.publish(channel, packet).thenAccept((subscribers) -> this.lastTaken = System.nanoTime());
	}

	CompletionStage<Boolean> remember(String key, Map<String, Long> counts, Duration timeToLive) {
		RedisClusterAsyncCommands<String, byte[]> commands = this.connections.keys().commands();
		Map<String, byte[]> values = new HashMap<>();
		List<String> removed = new ArrayList<>();
		counts.forEach((name, count) -> {
			if (count > 0) {
				values.put(name, Long.toString(count).getBytes(StandardCharsets.US_ASCII));
			}
			else {
				removed.add(name);
			}
		});
		RedisFuture<Boolean> existed = commands.pexpire(key, timeToLive.toMillis());
		List<RedisFuture<?>> futures = new ArrayList<>(List.of(existed));
		if (!values.isEmpty()) {
			futures.add(commands.hset(key, values));
		}
		if (!removed.isEmpty()) {
			futures.add(commands.hdel(key, removed.toArray(String[]::new)));
		}
		futures.add(commands.pexpire(key, timeToLive.toMillis()));
		return checked(CompletableFuture
			.allOf(futures.stream().map(RedisFuture::toCompletableFuture).toArray(CompletableFuture[]::new))
			.thenCombine(existed, (done, result) -> result));
	}

	CompletionStage<Map<String, Long>> recall(String key, Collection<String> names) {
		return checked(
				this.connections.keys().commands().hmget(key, names.toArray(String[]::new)).toCompletableFuture())
			.thenApply((values) -> {
				Map<String, Long> counts = new HashMap<>();
				values.stream()
					.filter(KeyValue::hasValue)
					.forEach((value) -> counts.put(value.getKey(), number(value)));
				return counts;
			});
	}

	private static long number(KeyValue<String, byte[]> value) {
		return Long.parseLong(new String(value.getValue(), StandardCharsets.US_ASCII));
	}

	CompletionStage<Void> forget(String key) {
		return checked(this.connections.keys().commands().unlink(key).toCompletableFuture().thenAccept((removed) -> {
		}));
	}

	private <T> CompletableFuture<T> checked(CompletableFuture<T> future) {
		return future.orTimeout(SILENCE, TimeUnit.NANOSECONDS).whenComplete((value, ex) -> {
			if (isBroken(ex) && !this.connections.keys().renew()) {
				this.lost.accept("a command failed: " + ex);
			}
		});
	}

	private static boolean isBroken(@Nullable Throwable failure) {
		Throwable cause = (failure != null && failure.getCause() != null) ? failure.getCause() : failure;
		boolean refused = cause instanceof RedisCommandExecutionException && !(cause instanceof RedisReadOnlyException);
		return cause != null && !refused;
	}

	/**
	 * Write to oneself, and tell when nothing has come or nothing was taken for some
	 * time.
	 */
	void probe() {
		long now = System.nanoTime();
		if (now - this.lastReceived > SILENCE) {
			this.lost.accept("the subscription is silent");
		}
		else if (now - this.lastTaken > SILENCE) {
			this.lost.accept("Redis does not answer");
		}
		else {
			publish(this.probe, new byte[0]);
		}
	}

	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.openedAt);
	}

	void close() {
		this.connections.close();
	}

	/**
	 * Tells when a connection is closed. Thread-safe.
	 */
	private final class Disconnected implements RedisConnectionStateListener {

		private final String reason;

		private Disconnected(String reason) {
			this.reason = reason;
		}

		@Override
		public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
			RedisLink.this.lost.accept(this.reason);
		}

	}

}
