package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.limit.AdmissionLimits;
import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.SocketServer;

/**
 * {@link SocketServer} on Netty, with a {@link NettyConnection} at the end of each
 * pipeline. Thread-safe.
 */
final class NettySocketServer implements SocketServer {

	private static final Log logger = LogFactory.getLog(NettySocketServer.class);

	private static final long ACCEPT_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(3);

	private static final String CONNECTION = "holdfast.connection";

	private final ServerDefinition definition;

	private final NettyNode node;

	private final NettyCustomization customization;

	private final ServerBinding binding;

	private final ConnectionEvents events;

	private final ChannelAssembly assembly;

	private final Admission admission;

	private final AddressAdmission addresses;

	private final AtomicLong acceptFailures = new AtomicLong();

	private volatile long lastAcceptFailure;

	private final ConnectionFailureLog failures;

	private final Map<EventLoop, ServerLoop> loops = new ConcurrentHashMap<>();

	private final ServerStatisticsCollector statistics;

	private final AtomicLong open = new AtomicLong();

	private volatile ServerState state = ServerState.STOPPED;

	private volatile @Nullable ListeningSocket listening;

	private volatile @Nullable SocketAddress bound;

	private @Nullable ServerDrain drain;

	private volatile @Nullable String goodbye;

	NettySocketServer(ServerDefinition definition, NettyNode node, NettyCustomization customization) {
		this.definition = definition;
		this.node = node;
		this.customization = customization;
		this.binding = new ServerBinding(definition, node, customization.servers(), this::accept);
		this.assembly = new ChannelAssembly(definition);
		this.events = new ConnectionEvents(definition, customization.listeners());
		AdmissionLimits limits = definition.limits().admission();
		this.admission = new Admission(limits.maxConnections());
		this.addresses = new AddressAdmission(limits);
		this.failures = new ConnectionFailureLog(definition.name());
		this.statistics = new ServerStatisticsCollector(this.loops.values(), this.admission, this.acceptFailures);
	}

	@Override
	public String name() {
		return this.definition.name();
	}

	@Override
	public ServerDefinition definition() {
		return this.definition;
	}

	@Override
	public synchronized void start() {
		if (this.state == ServerState.STOPPED) {
			listen(this.definition.address());
		}
	}

	private void listen(SocketAddress address) {
		ListeningSocket socket = this.binding.bind(address);
		guard(socket.channel());
		this.listening = socket;
		this.bound = ChannelAddresses.local(socket.channel());
		this.drain = null;
		this.state = ServerState.RUNNING;
		socket.channel().config().setAutoRead(true);
		logger.debug("Server '%s' listens on %s".formatted(name(), this.bound));
	}

	@Override
	public synchronized void pause() {
		checkState(this.state == ServerState.RUNNING || this.state == ServerState.PAUSED, "pause");
		closeListener();
		this.state = ServerState.PAUSED;
	}

	@Override
	public synchronized void resume() {
		checkState(this.state != ServerState.DRAINING, "resume");
		if (this.state != ServerState.RUNNING) {
			SocketAddress bound = this.bound;
			listen((bound != null) ? bound : this.definition.address());
			logger.info("Server '%s' accepts connections again".formatted(name()));
		}
	}

	private void checkState(boolean valid, String action) {
		if (!valid) {
			throw new IllegalStateException(
					"Server '%s' cannot %s while it is %s".formatted(name(), action, this.state));
		}
	}

	private void closeListener() {
		ListeningSocket socket = this.listening;
		if (socket != null) {
			this.listening = null;
			socket.close();
		}
	}

	@Override
	public synchronized CompletableFuture<Void> drain(DrainSettings settings) {
		if (this.state == ServerState.STOPPED) {
			return CompletableFuture.completedFuture(null);
		}
		ServerDrain drain = this.drain;
		return (drain != null) ? drain.stopped() : begin(settings).stopped();
	}

	private ServerDrain begin(DrainSettings settings) {
		this.goodbye = settings.goodbye();
		this.state = ServerState.DRAINING;
		closeListener();
		ServerDrain drain = new ServerDrain(this, settings);
		this.drain = drain;
		drain.start(this.node.monitor()).thenRun(() -> drained(drain));
		return drain;
	}

	private void drained(ServerDrain drain) {
		synchronized (this) {
			if (this.drain == drain) {
				this.drain = null;
				this.state = ServerState.STOPPED;
				logger.info("Server '%s' has ended all its connections".formatted(name()));
			}
		}
		drain.stopped().complete(null);
	}

	@Nullable String goodbye() {
		return this.goodbye;
	}

	long activeConnections() {
		return this.admission.active();
	}

	private void guard(Channel channel) {
		int rate = this.definition.limits().admission().acceptRate();
		channel.pipeline().addFirst(new AcceptGuard(name(), rate, this::acceptFailed));
	}

	private void acceptFailed() {
		this.acceptFailures.incrementAndGet();
		this.lastAcceptFailure = System.nanoTime();
	}

	void accept(Channel channel) {
		ServerLoop home = this.loops.computeIfAbsent(channel.eventLoop(),
				(eventLoop) -> new ServerLoop(this.node.loops().of(eventLoop), this));
		if (this.state != ServerState.RUNNING || !enter(channel)) {
			refuse(home, channel);
			return;
		}
		home.counters.accepted++;
		NettyConnection connection = this.assembly.connection(channel, home);
		home.loop.register(connection);
		InetAddress peer = ChannelAddresses.ip(channel);
		if (peer != null && !this.assembly.learnsClient(peer)) {
			connection.admit();
		}
		try {
			this.assembly.begin(channel.pipeline(), connection);
			this.customization.pipelines()
				.forEach((customizer) -> customizer.customize(this.definition, channel.pipeline()));
		}
		finally {
			this.assembly.complete(channel.pipeline(), connection);
			channel.pipeline().addLast(CONNECTION, connection);
		}
	}

	private boolean enter(Channel channel) {
		if (!this.node.admission().enter()) {
			return false;
		}
		InetAddress peer = ChannelAddresses.ip(channel);
		boolean counted = peer != null && !this.assembly.learnsClient(peer);
		if (counted && !this.addresses.enter(peer)) {
			this.node.admission().leave();
			return false;
		}
		if (!this.admission.enter()) {
			readmit(counted ? peer : null, null);
			this.node.admission().leave();
			return false;
		}
		return true;
	}

	private void refuse(ServerLoop home, Channel channel) {
		home.counters.refused[CloseReason.LIMIT_REACHED.ordinal()]++;
		this.events.refused(ChannelAddresses.remote(channel), CloseReason.LIMIT_REACHED);
		channel.close();
	}

	boolean readmit(@Nullable InetAddress before, @Nullable InetAddress address) {
		if (before != null) {
			this.addresses.leave(before);
		}
		return address == null || this.addresses.enter(address);
	}

	void opened(NettyConnection connection) {
		this.open.incrementAndGet();
		this.events.opened(connection);
	}

	void closing() {
		this.open.decrementAndGet();
	}

	long openConnections() {
		return this.open.get();
	}

	void closed(NettyConnection connection, CloseReason reason, boolean opened) {
		InetAddress admitted = connection.admitted();
		if (admitted != null) {
			this.addresses.leave(admitted);
		}
		try {
			if (opened) {
				connection.home.enter(System.nanoTime());
				this.definition.handlers().close(connection, reason);
				connection.home.loop.exit();
				this.events.closed(connection, reason);
			}
		}
		finally {
			this.node.admission().leave();
			this.admission.leave();
		}
	}

	void failed(NettyConnection connection, Throwable cause) {
		this.failures.failed(connection, cause);
	}

	@Override
	public void stop() {
		synchronized (this) {
			if (this.state == ServerState.STOPPED) {
				return;
			}
			if (this.drain != null) {
				this.drain.end();
				this.drain = null;
			}
			closeListener();
			this.state = ServerState.STOPPED;
		}
		forEachConnection((connection) -> connection.close(CloseReason.SHUTDOWN));
		awaitClosed();
		forEachConnection((connection) -> connection.abortNow(CloseReason.SHUTDOWN));
	}

	void forEachConnection(Consumer<NettyConnection> action) {
		this.node.loops().stream(name(), 0).filter((connection) -> connection.home.server == this).forEach(action);
	}

	private void awaitClosed() {
		long deadline = System.nanoTime() + this.definition.limits().deadlines().close().toNanos()
				+ TimeUnit.SECONDS.toNanos(1);
		try {
			while (this.admission.active() > 0 && System.nanoTime() < deadline) {
				TimeUnit.MILLISECONDS.sleep(5);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void sample() {
		this.statistics.sample();
	}

	Memberships memberships() {
		return this.node.memberships();
	}

	@Override
	public ServerState state() {
		return this.state;
	}

	@Override
	public @Nullable SocketAddress address() {
		ListeningSocket socket = this.listening;
		return (socket != null) ? ChannelAddresses.local(socket.channel()) : null;
	}

	@Override
	public @Nullable SocketAddress lastAddress() {
		return this.bound;
	}

	@Override
	public boolean isAccepting() {
		ListeningSocket socket = this.listening;
		long failed = this.lastAcceptFailure;
		return socket != null && socket.channel().isActive()
				&& (failed == 0 || System.nanoTime() - failed > ACCEPT_FAILURE_NANOS);
	}

	@Override
	public String io() {
		return this.node.io().id();
	}

	@Override
	public boolean tls() {
		return this.definition.entrance().tls() != null;
	}

	@Override
	public ServerStatistics statistics() {
		return this.statistics.statistics();
	}

}
