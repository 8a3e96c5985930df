package dev.holdfast.actuate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

import dev.holdfast.server.EventLoops;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

/**
 * What the servers counted in each of the last 600 seconds. Costs about 50 KB per server
 * and one thread that wakes up each second. Thread-safe.
 */
public final class SocketsHistory implements SmartLifecycle {

	static final int SAMPLES = 600;

	private final SocketServers servers;

	private final @Nullable EventLoops eventLoops;

	private final LongSupplier clock;

	private final Deque<Moment> moments = new ArrayDeque<>(SAMPLES);

	private @Nullable ScheduledExecutorService executor;

	/**
	 * Create a new {@link SocketsHistory}.
	 * @param servers the servers
	 * @param eventLoops the event loops that the servers share, or {@code null}
	 */
	public SocketsHistory(SocketServers servers, @Nullable EventLoops eventLoops) {
		this(servers, eventLoops, System::currentTimeMillis);
	}

	SocketsHistory(SocketServers servers, @Nullable EventLoops eventLoops, LongSupplier clock) {
		Assert.notNull(servers, "'servers' must not be null");
		this.servers = servers;
		this.eventLoops = eventLoops;
		this.clock = clock;
	}

	/**
	 * Take a sample each second from now on. A second call has no effect.
	 */
	@Override
	public synchronized void start() {
		if (this.executor == null) {
			this.executor = Executors
				.newSingleThreadScheduledExecutor(new DefaultThreadFactory("holdfast-history", true));
			this.executor.scheduleWithFixedDelay(this::sample, 0, 1, TimeUnit.SECONDS);
		}
	}

	/**
	 * Take no more samples and keep those that were taken. A second call has no effect.
	 */
	@Override
	public synchronized void stop() {
		if (this.executor != null) {
			this.executor.shutdownNow();
			this.executor = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

	void sample() {
		Map<String, ServerSample> samples = new LinkedHashMap<>();
		Moment last = last();
		for (SocketServer server : this.servers) {
			ServerSample before = (last != null) ? last.servers().get(server.name()) : null;
			samples.put(server.name(), ServerSample.of(server.statistics(), before));
		}
		double lag = (this.eventLoops != null) ? this.eventLoops.lag().toNanos() / 1e6 : 0;
		add(new Moment(this.clock.getAsLong(), Math.round(lag * 10) / 10.0, samples));
	}

	private synchronized @Nullable Moment last() {
		return this.moments.peekLast();
	}

	private synchronized void add(Moment moment) {
		if (this.moments.size() == SAMPLES) {
			this.moments.removeFirst();
		}
		this.moments.addLast(moment);
	}

	/**
	 * Return what was sampled, the oldest first.
	 * @return the samples in columns
	 */
	HistoryDescriptor describe() {
		List<Moment> copy = copy();
		Map<String, ServerHistoryDescriptor> columns = new LinkedHashMap<>();
		for (SocketServer server : this.servers) {
			columns.put(server.name(),
					ServerHistoryDescriptor.of(copy.stream().map((moment) -> moment.sample(server.name())).toList()));
		}
		return new HistoryDescriptor(this.clock.getAsLong(), copy.stream().mapToLong(Moment::time).toArray(),
				(this.eventLoops != null) ? copy.stream().mapToDouble(Moment::lagMillis).toArray() : null, columns);
	}

	private synchronized List<Moment> copy() {
		return new ArrayList<>(this.moments);
	}

	/**
	 * All servers at one time. Immutable.
	 *
	 * @param time the time in milliseconds since 1970
	 * @param lagMillis how late the busiest event loop was, in milliseconds
	 * @param servers the servers by name
	 */
	private record Moment(long time, double lagMillis, Map<String, ServerSample> servers) {

		ServerSample sample(String server) {
			ServerSample sample = this.servers.get(server);
			Assert.state(sample != null, "No sample");
			return sample;
		}

	}

	/**
	 * Description of what was sampled. Immutable.
	 *
	 * @param now the time of the description in milliseconds since 1970
	 * @param times the times of the samples in milliseconds since 1970
	 * @param lagMillis how late the busiest event loop was at these times, in
	 * milliseconds, or {@code null} when that is not known
	 * @param servers what each server counted at these times
	 */
	record HistoryDescriptor(long now, long[] times, double @Nullable [] lagMillis,
			Map<String, ServerHistoryDescriptor> servers) implements OperationResponseBody {

	}

}
