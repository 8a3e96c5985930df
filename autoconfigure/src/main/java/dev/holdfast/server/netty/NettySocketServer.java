package dev.holdfast.server.netty;

import java.net.SocketAddress;
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

	private final Admission admission;

	private final Map<EventLoop, ServerLoop> loops = new ConcurrentHashMap<>();

	private final ServerStatisticsCollector statistics;

	private final AtomicLong open = new AtomicLong();

	private volatile ServerState state = ServerState.STOPPED;

	private volatile @Nullable DisposableServer server;

	NettySocketServer(ServerDefinition definition, NettyNode node, NettyCustomization customization) {
		this.definition = definition;
		this.node = node;
		this.customization = customization;
		this.admission = new Admission(definition.limits().maxConnections());
		this.statistics = new ServerStatisticsCollector(this.loops.values(), this.admission);
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
		TcpServer server = SocketOptionsMapper.apply(this.definition.options(), this.node.io(),
				TcpServer.create()
					.bindAddress(this.definition::address)
					.runOn(this.node.group())
					.doOnChannelInit((observer, channel, remoteAddress) -> accept(channel)));
		server = SocketOptionsMapper.apply(this.definition.limits().outbound(), server);
		for (SocketServerCustomizer customizer : this.customization.servers()) {
			server = customizer.customize(this.definition, server);
		}
		try {
			return server.bindNow();
		}
		catch (RuntimeException ex) {
			throw new ServerBindException(name(), this.definition.address(), ex);
		}
	}

	private void accept(Channel channel) {
		channel.pipeline().remove(NettyPipeline.ReactiveBridge);
		ServerLoop home = this.loops.computeIfAbsent(channel.eventLoop(),
				(eventLoop) -> new ServerLoop(this.node.loops().of(eventLoop), this));
		if (!enter()) {
			refuse(home, channel);
			return;
		}
		home.counters.accepted++;
		NettyConnection connection = new FramedConnection(channel, home);
		home.loop.register(connection);
		for (ChannelPipelineCustomizer customizer : this.customization.pipelines()) {
			customizer.customize(this.definition, channel.pipeline());
		}
		channel.pipeline().addLast(CONNECTION, connection);
	}

	private boolean enter() {
		if (!this.admission.enter()) {
			return false;
		}
		if (!this.node.admission().enter()) {
			this.admission.leave();
			return false;
		}
		return true;
	}

	private void refuse(ServerLoop home, Channel channel) {
		home.counters.refused[CloseReason.LIMIT_REACHED.ordinal()]++;
		notify((listener) -> listener.refused(name(), channel.remoteAddress(), CloseReason.LIMIT_REACHED));
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
		if (opened) {
			connection.home.loop.enter(System.nanoTime());
			this.definition.handlers().close(connection, reason);
			connection.home.loop.exit();
			notify((listener) -> listener.closed(connection, reason));
		}
	}

	private void notify(Consumer<ConnectionListener> event) {
		for (ConnectionListener listener : this.customization.listeners()) {
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
