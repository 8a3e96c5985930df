package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.util.Assert;

import dev.holdfast.server.EventLoops;
import dev.holdfast.server.IoMechanism;
import dev.holdfast.server.IoUnavailableException;
import dev.holdfast.server.MembershipListener;

/**
 * What all servers of an application share: event loops, connections, users and groups,
 * and the limit of the process. The loops start with the first server. Thread-safe.
 */
public final class NettyNode implements EventLoops, DisposableBean {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private final int eventLoops;

	private final ConnectionLoops loops;

	private final Memberships memberships = new Memberships();

	private final Admission admission;

	private final List<NettySocketServer> servers = new CopyOnWriteArrayList<>();

	private final IoTransport io;

	private final Duration watchdogThreshold;

	private final Watchdog watchdog;

	private @Nullable EventLoopGroup group;

	private @Nullable ScheduledExecutorService monitor;

	/**
	 * Create a new {@link NettyNode}.
	 * @param id the id of the node, part of the ids of its connections
	 * @param eventLoops the number of event loops
	 * @param maxConnections the most connections of the process, 0 for no limit
	 * @param watchdogThreshold how long a handler may hold an event loop, zero for no
	 * limit
	 */
	public NettyNode(String id, int eventLoops, long maxConnections, Duration watchdogThreshold) {
		this(id, eventLoops, maxConnections, watchdogThreshold, IoMechanism.AUTO);
	}

	/**
	 * Create a new {@link NettyNode} that moves bytes in a certain way.
	 * @param id the id of the node, part of the ids of its connections
	 * @param eventLoops the number of event loops
	 * @param maxConnections the most connections of the process, 0 for no limit
	 * @param watchdogThreshold how long a handler may hold an event loop, zero for no
	 * limit
	 * @param io the mechanism that moves bytes
	 * @throws IoUnavailableException if the mechanism is not available
	 */
	public NettyNode(String id, int eventLoops, long maxConnections, Duration watchdogThreshold, IoMechanism io) {
		this.io = IoTransport.of(io);
		this.eventLoops = eventLoops;
		this.loops = new ConnectionLoops(id);
		this.admission = new Admission(maxConnections);
		this.watchdogThreshold = watchdogThreshold;
		this.watchdog = new Watchdog(watchdogThreshold);
	}

	/**
	 * Return the id of the node.
	 * @return the id, part of the ids of its connections
	 */
	public String id() {
		return this.loops.node();
	}

	/**
	 * Tell a listener which users and groups gain or lose connections. A second call
	 * replaces the listener.
	 * @param listener the listener
	 */
	public void onMembershipChange(MembershipListener listener) {
		this.memberships.users().onChange(listener::userChanged);
		this.memberships.groups().onChange(listener::groupChanged);
	}

	synchronized EventLoopGroup group() {
		if (this.group == null) {
			this.group = new MultiThreadIoEventLoopGroup(this.eventLoops,
					new DefaultThreadFactory("holdfast-" + this.io.id()), this.io.handlerFactory());
			this.monitor = Executors
				.newSingleThreadScheduledExecutor(new DefaultThreadFactory("holdfast-monitor", true));
			this.monitor.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
			watch(this.monitor);
		}
		return this.group;
	}

	private void watch(ScheduledExecutorService monitor) {
		long period = this.watchdogThreshold.toNanos() / 4;
		if (period > 0) {
			monitor.scheduleAtFixedRate(() -> this.watchdog.check(this.loops.all(), System.nanoTime()), period, period,
					TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public int count() {
		return this.eventLoops;
	}

	@Override
	public long blocked() {
		return this.watchdog.blocked();
	}

	@Override
	public long blocked(String server) {
		return this.watchdog.blocked(server);
	}

	@Override
	public Duration lag() {
		return Duration.ofNanos(this.loops.all().stream().mapToLong(ConnectionLoop::lagNanos).max().orElse(0));
	}

	synchronized ScheduledExecutorService monitor() {
		group();
		Assert.state(this.monitor != null, "No monitor");
		return this.monitor;
	}

	private void sample() {
		this.servers.forEach(NettySocketServer::sample);
	}

	void add(NettySocketServer server) {
		this.servers.add(server);
	}

	long openConnections() {
		return this.servers.stream().mapToLong(NettySocketServer::openConnections).sum();
	}

	long openConnections(String server) {
		return this.servers.stream()
			.filter((candidate) -> candidate.name().equals(server))
			.mapToLong(NettySocketServer::openConnections)
			.sum();
	}

	IoTransport io() {
		return this.io;
	}

	ConnectionLoops loops() {
		return this.loops;
	}

	Memberships memberships() {
		return this.memberships;
	}

	Admission admission() {
		return this.admission;
	}

	/**
	 * End the event loops. Calling this method again has no effect.
	 */
	@Override
	public synchronized void destroy() {
		if (this.monitor != null) {
			this.monitor.shutdownNow();
		}
		if (this.group != null) {
			this.group.shutdownGracefully(0, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
				.awaitUninterruptibly(STOP_TIMEOUT.toMillis());
			this.group = null;
		}
	}

}
