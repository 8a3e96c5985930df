package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpServer;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.limit.AdmissionLimits;
import dev.holdfast.server.ServerBindException;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServerCustomizer;

/**
 * {@link SocketServer} on a Reactor Netty {@link TcpServer} whose reactive bridge is
 * taken out of each pipeline: a {@link NettyConnection} stands at its end instead.
 * Thread-safe.
 */
final class NettySocketServer implements SocketServer {

	private static final Log logger = LogFactory.getLog(NettySocketServer.class);

	private static final String CONNECTION = "holdfast.connection";

	private final ServerDefinition definition;

	private final NettyNode node;

	private final NettyCustomization customization;

	private final List<ConnectionListener> listeners;

	private final Admission admission;

	private final AddressAdmission addresses;

	private final AtomicLong acceptFailures = new AtomicLong();

	private final RefusalLog refusals;

	private final Map<EventLoop, ServerLoop> loops = new ConcurrentHashMap<>();

	private final ServerStatisticsCollector statistics;

	private final AtomicLong open = new AtomicLong();

	private volatile ServerState state = ServerState.STOPPED;

	private volatile @Nullable DisposableServer server;

	NettySocketServer(ServerDefinition definition, NettyNode node, NettyCustomization customization) {
		this.definition = definition;
		this.node = node;
		this.customization = customization;
		this.listeners = new ArrayList<>(customization.listeners());
		if (definition.logging().connections()) {
			this.listeners.add(0, new ConnectionLog());
		}
		AdmissionLimits limits = definition.limits().admission();
		this.admission = new Admission(limits.maxConnections());
		this.addresses = new AddressAdmission(limits);
		this.refusals = new RefusalLog(definition.name());
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
		if (this.server == null) {
			this.server = bind();
			this.state = ServerState.RUNNING;
			logger.info("Server '%s' listens on %s".formatted(name(), address()));
		}
	}

	private DisposableServer bind() {
		TcpServer tcp = SocketOptionsMapper.apply(this.definition.options(), this.node.io(),
				TcpServer.create()
					.bindAddress(this.definition::address)
					.runOn(this.node.group())
					.wiretap(this.definition.logging().wire())
					.doOnChannelInit((observer, channel, remoteAddress) -> accept(channel)));
		tcp = SocketOptionsMapper.apply(this.definition.limits().outbound(), tcp);
		for (SocketServerCustomizer customizer : this.customization.servers()) {
			tcp = customizer.customize(this.definition, tcp);
		}
		try {
			DisposableServer bound = tcp.bindNow();
			guard(bound.channel());
			return bound;
		}
		catch (RuntimeException ex) {
			throw new ServerBindException(name(), this.definition.address(), ex);
		}
	}

	private void guard(Channel channel) {
		int rate = this.definition.limits().admission().acceptRate();
		channel.pipeline().addFirst(new AcceptGuard(name(), rate, this.acceptFailures));
	}

	void accept(Channel channel) {
		channel.pipeline().remove(NettyPipeline.ReactiveBridge);
		ServerLoop home = this.loops.computeIfAbsent(channel.eventLoop(),
				(eventLoop) -> new ServerLoop(this.node.loops().of(eventLoop), this));
		if (!enter(channel)) {
			refuse(home, channel);
			return;
		}
		home.counters.accepted++;
		NettyConnection connection = new FramedConnection(channel, home);
		home.loop.register(connection);
		try {
			this.customization.pipelines()
				.forEach((customizer) -> customizer.customize(this.definition, channel.pipeline()));
		}
		finally {
			channel.pipeline().addLast(CONNECTION, connection);
		}
	}

	private boolean enter(Channel channel) {
		if (!this.admission.enter()) {
			return false;
		}
		if (!this.node.admission().enter()) {
			this.admission.leave();
			return false;
		}
		if (channel.remoteAddress() instanceof InetSocketAddress remote && !this.addresses.enter(remote.getAddress())) {
			this.node.admission().leave();
			this.admission.leave();
			return false;
		}
		return true;
	}

	private void refuse(ServerLoop home, Channel channel) {
		home.counters.refused[CloseReason.LIMIT_REACHED.ordinal()]++;
		SocketAddress address = channel.remoteAddress();
		this.refusals.refused(address, CloseReason.LIMIT_REACHED);
		notify((listener) -> listener.refused(name(), address, CloseReason.LIMIT_REACHED));
		channel.close();
	}

	void opened(NettyConnection connection) {
		this.open.incrementAndGet();
		notify((listener) -> listener.opened(connection));
	}

	void closing() {
		this.open.decrementAndGet();
	}

	long openConnections() {
		return this.open.get();
	}

	void closed(NettyConnection connection, CloseReason reason, boolean opened) {
		this.admission.leave();
		this.node.admission().leave();
		if (connection.channel.remoteAddress() instanceof InetSocketAddress remote) {
			this.addresses.leave(remote.getAddress());
		}
		if (opened) {
			this.definition.handlers().close(connection, reason);
			notify((listener) -> listener.closed(connection, reason));
		}
	}

	private void notify(Consumer<ConnectionListener> event) {
		for (ConnectionListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("Listener %s of server '%s' failed".formatted(listener.getClass().getName(), name()), ex);
			}
		}
	}

	@Override
	public synchronized void stop() {
		DisposableServer server = this.server;
		if (server == null) {
			return;
		}
		this.server = null;
		this.state = ServerState.STOPPED;
		server.disposeNow();
		forEachConnection((connection) -> connection.close(CloseReason.SHUTDOWN));
		awaitClosed();
		forEachConnection((connection) -> connection.channel.close());
	}

	private void forEachConnection(Consumer<NettyConnection> action) {
		this.node.loops().forEach((connection) -> {
			if (connection.home.server == this) {
				action.accept(connection);
			}
		});
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
		DisposableServer server = this.server;
		return (server != null) ? server.channel().localAddress() : null;
	}

	@Override
	public String io() {
		return this.node.io().id();
	}

	@Override
	public boolean tls() {
		return false;
	}

	@Override
	public ServerStatistics statistics() {
		return this.statistics.statistics();
	}

}
