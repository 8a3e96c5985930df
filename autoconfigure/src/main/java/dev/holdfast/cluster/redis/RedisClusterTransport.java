package dev.holdfast.cluster.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.Assert;

import dev.holdfast.cluster.ClusterReceiver;
import dev.holdfast.cluster.ClusterTransport;

/**
 * {@link ClusterTransport} over Redis. It connects as the application does, but with
 * connections and threads of its own: one connection that publishes, which keeps the
 * order, and one that is subscribed. When one of them breaks, falls silent or no longer
 * answers, both are replaced. Thread-safe.
 */
public final class RedisClusterTransport implements ClusterTransport {

	private static final Log logger = LogFactory.getLog(RedisClusterTransport.class);

	private static final Duration STABLE = Duration.ofSeconds(10);

	private final RedisConnector connector;

	private final String probe;

	private final Backoff backoff = new Backoff(new SplittableRandom());

	private final Set<String> channels = new HashSet<>();

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "holdfast-redis");
		thread.setDaemon(true);
		return thread;
	});

	private volatile @Nullable RedisLink link;

	private @Nullable ClusterReceiver receiver;

	private boolean told;

	/**
	 * Create a new {@link RedisClusterTransport}.
	 * @param application how the application connects to Redis
	 * @param channelPrefix what all names of channels begin with
	 */
	public RedisClusterTransport(LettuceConnectionFactory application, String channelPrefix) {
		Assert.notNull(application, "'application' must not be null");
		this.connector = new RedisConnector(application);
		this.probe = channelPrefix + "probe:" + UUID.randomUUID();
	}

	@Override
	public void start(ClusterReceiver receiver) {
		this.receiver = receiver;
		this.executor.execute(() -> connect(receiver));
		this.executor.scheduleWithFixedDelay(this::probe, 1, 1, TimeUnit.SECONDS);
	}

	private void connect(ClusterReceiver receiver) {
		try {
			this.connector.start();
			RedisLink link = open(receiver);
			link.await(begin(link));
			this.told = false;
			receiver.connected();
		}
		catch (RuntimeException ex) {
			refused(receiver, ex);
			close();
			reconnect(receiver);
		}
	}

	private List<RedisFuture<?>> begin(RedisLink link) {
		synchronized (this.channels) {
			this.link = link;
			return link.begin(this.channels);
		}
	}

	private RedisLink open(ClusterReceiver receiver) {
		CompletableFuture<RedisLink> opened = new CompletableFuture<>();
		RedisLink link = new RedisLink(this.connector.connect(), this.probe, receiver::received,
				(reason) -> opened.thenAccept((lost) -> execute(() -> lost(lost, receiver, reason))));
		opened.complete(link);
		return link;
	}

	private void refused(ClusterReceiver receiver, RuntimeException failure) {
		if (!this.told) {
			this.told = true;
			receiver.disconnected("Redis cannot be reached: " + failure);
		}
		logger.debug("Redis cannot be reached", failure);
	}

	private void lost(RedisLink lost, ClusterReceiver receiver, String reason) {
		if (this.link == lost) {
			if (lost.age().compareTo(STABLE) > 0) {
				this.backoff.reset();
			}
			close();
			this.told = true;
			receiver.disconnected(reason);
			reconnect(receiver);
		}
	}

	private void close() {
		RedisLink link = this.link;
		this.link = null;
		if (link != null) {
			link.close();
		}
	}

	private void reconnect(ClusterReceiver receiver) {
		this.executor.schedule(() -> connect(receiver), this.backoff.next().toMillis(), TimeUnit.MILLISECONDS);
	}

	private void probe() {
		attempt(RedisLink::probe);
	}

	private void attempt(Consumer<RedisLink> command) {
		RedisLink link = this.link;
		if (link != null) {
			try {
				command.accept(link);
			}
			catch (RuntimeException ex) {
				logger.debug("The link is about to be replaced", ex);
			}
		}
	}

	private void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The transport has stopped", ex);
		}
	}

	@Override
	public void stop() {
		if (!this.executor.isShutdown()) {
			this.executor.shutdownNow();
			close();
			this.connector.stop();
		}
	}

	@Override
	public CompletionStage<Void> publish(String channel, byte[] packet) {
		return call((link) -> link.publish(channel, packet));
	}

	@Override
	public void subscribe(Collection<String> channels) {
		synchronized (this.channels) {
			this.channels.addAll(channels);
			attempt((link) -> link.subscribe(channels));
		}
	}

	@Override
	public void unsubscribe(Collection<String> channels) {
		synchronized (this.channels) {
			channels.forEach(this.channels::remove);
			attempt((link) -> link.unsubscribe(channels));
		}
	}

	@Override
	public CompletionStage<Boolean> remember(String key, Map<String, Long> counts, Duration timeToLive) {
		return call((link) -> link.remember(key, counts, timeToLive));
	}

	@Override
	public CompletionStage<Map<String, Long>> recall(String key, Collection<String> names) {
		return call((link) -> link.recall(key, names));
	}

	@Override
	public CompletionStage<Void> forget(String key) {
		return call((link) -> link.forget(key));
	}

	private <T> CompletionStage<T> call(Function<RedisLink, CompletionStage<T>> command) {
		RedisLink link = this.link;
		if (link == null) {
			return CompletableFuture.failedFuture(new RedisException("There is no connection to Redis"));
		}
		try {
			return command.apply(link);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
