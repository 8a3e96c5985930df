package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import dev.holdfast.codec.Framing;
import dev.holdfast.codec.LineFraming;
import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.codec.RawFraming;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.HandlerExtensions;
import dev.holdfast.handler.SocketControllers;
import dev.holdfast.limit.AdmissionLimits;
import dev.holdfast.limit.Deadlines;
import dev.holdfast.limit.ExcessPolicy;
import dev.holdfast.limit.HandlingLimits;
import dev.holdfast.limit.Heartbeat;
import dev.holdfast.limit.Network;
import dev.holdfast.limit.OutboundLimits;
import dev.holdfast.limit.OverflowPolicy;
import dev.holdfast.limit.RateLimit;
import dev.holdfast.limit.ServerLimits;
import dev.holdfast.server.ConnectionEntrance;
import dev.holdfast.server.IoMechanism;
import dev.holdfast.server.ProxyProtocol;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.SocketOptions;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.TlsOptions;
import dev.holdfast.server.WebSocketOptions;

import static org.awaitility.Awaitility.await;

/**
 * A started server on a free port of the loopback interface, and its node.
 */
final class TestServer implements AutoCloseable {

	static final String NAME = "test";

	private static final IoMechanism IO = IoMechanism
		.valueOf(System.getProperty("holdfast.test.io", "auto").toUpperCase(Locale.ROOT).replace('-', '_'));

	private final NettyNode node;

	private final boolean ownsNode;

	private final SocketServer server;

	private final NettyConnections connections;

	private final List<TestClient> clients = new ArrayList<>();

	private TestServer(Builder builder, int port) {
		this.ownsNode = builder.node == null;
		this.node = (builder.node != null) ? builder.node
				: new NettyNode("n-1", builder.eventLoops, builder.maxConnectionsOfNode, Duration.ZERO, builder.io);
		this.server = new NettySocketServerFactory(this.node,
				TestCustomization.of(builder.pipelines, builder.listeners))
			.create(builder.definition(port));
		this.connections = new NettyConnections(this.node);
	}

	static Builder with(Object... controllers) {
		return new Builder(List.of(controllers));
	}

	TestServer start() {
		this.server.start();
		return this;
	}

	NettyNode node() {
		return this.node;
	}

	SocketServer server() {
		return this.server;
	}

	NettyConnections connections() {
		return this.connections;
	}

	int port() {
		return ((InetSocketAddress) this.server.address()).getPort();
	}

	TestClient connect() throws Exception {
		return connect(0);
	}

	/**
	 * Connect a client whose kernel takes few bytes before it reads.
	 * @param receiveBuffer the size of the receive buffer, 0 for what the system has
	 * @return the client
	 */
	TestClient connect(int receiveBuffer) throws Exception {
		TestClient client = new TestClient(port(), receiveBuffer);
		this.clients.add(client);
		return client;
	}

	SocketConnection onlyConnection() {
		await().until(() -> this.connections.all().stream().count() == 1);
		return this.connections.all().stream().findFirst().orElseThrow();
	}

	SocketConnection connectionOf(TestClient client) {
		return this.connections.all()
			.stream()
			.filter((connection) -> ((InetSocketAddress) connection.remoteAddress()).getPort() == client.port())
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Pause to read and wait until the loop has done so: it looks at sockets before it
	 * looks at what other threads ask of it.
	 * @param connection the connection
	 */
	void pause(SocketConnection connection) throws Exception {
		connection.pauseReading();
		((NettyConnection) connection).channel.eventLoop().submit(() -> {
		}).get();
	}

	ServerStatistics statistics() {
		return this.server.statistics();
	}

	long active() {
		return statistics().connections().active();
	}

	long closed(CloseReason reason) {
		return statistics().connections().closed().getOrDefault(reason, 0L);
	}

	void awaitOpen(long count) {
		await().until(() -> this.connections.count() == count);
	}

	void awaitClosed(CloseReason reason) {
		await().until(() -> closed(reason) == 1);
	}

	@Override
	public void close() throws Exception {
		for (TestClient client : this.clients) {
			client.close();
		}
		this.server.stop();
		if (this.ownsNode) {
			this.node.destroy();
		}
	}

	/**
	 * How a server is set up.
	 */
	static final class Builder {

		private final List<Object> controllers;

		private final List<ConnectionListener> listeners = new ArrayList<>();

		private final List<ChannelPipelineCustomizer> pipelines = new ArrayList<>();

		private Framing framing = new LineFraming(64 * 1024);

		private WebSocketOptions webSocket;

		private TlsOptions tls;

		private ProxyProtocol proxy;

		private NettyNode node;

		private String name = NAME;

		private IoMechanism io = IO;

		private SocketAddress unixSocket;

		private Set<PosixFilePermission> unixPermissions;

		private int eventLoops = 2;

		private int sendBuffer;

		private long maxConnections;

		private long maxConnectionsOfNode;

		private Duration frameTimeout = Duration.ofSeconds(30);

		private Duration closeTimeout = Duration.ofSeconds(1);

		private Duration idleTimeout = Duration.ZERO;

		private Duration loginTimeout = Duration.ZERO;

		private Duration maxLifetime = Duration.ZERO;

		private int maxConnectionsPerAddress;

		private int acceptRate;

		private List<Network> denied = List.of();

		private RateLimit rate;

		private Heartbeat heartbeat;

		private OutboundLimits outbound = new OutboundLimits(64 * 1024, 1024 * 1024, OverflowPolicy.CLOSE);

		private Builder(List<Object> controllers) {
			this.controllers = controllers;
		}

		Builder framing(Framing framing) {
			this.framing = framing;
			return this;
		}

		Builder tls(TlsOptions tls) {
			this.tls = tls;
			return this;
		}

		Builder proxy(ProxyProtocol proxy) {
			this.proxy = proxy;
			return this;
		}

		Builder webSocket(WebSocketOptions webSocket) {
			this.webSocket = webSocket;
			return framing(new RawFraming(webSocket.maxMessageLength()));
		}

		Builder name(String name) {
			this.name = name;
			return this;
		}

		Builder node(NettyNode node) {
			this.node = node;
			return this;
		}

		Builder io(IoMechanism io) {
			this.io = io;
			return this;
		}

		Builder unixSocket(Path path, PosixFilePermission... permissions) {
			this.unixSocket = UnixDomainSocketAddress.of(path);
			this.unixPermissions = (permissions.length > 0) ? Set.of(permissions) : null;
			return this;
		}

		Builder eventLoops(int eventLoops) {
			this.eventLoops = eventLoops;
			return this;
		}

		Builder sendBuffer(int sendBuffer) {
			this.sendBuffer = sendBuffer;
			return this;
		}

		Builder maxConnections(long maxConnections) {
			this.maxConnections = maxConnections;
			return this;
		}

		Builder maxConnectionsOfNode(long maxConnectionsOfNode) {
			this.maxConnectionsOfNode = maxConnectionsOfNode;
			return this;
		}

		Builder frameTimeout(Duration frameTimeout) {
			this.frameTimeout = frameTimeout;
			return this;
		}

		Builder closeTimeout(Duration closeTimeout) {
			this.closeTimeout = closeTimeout;
			return this;
		}

		Builder outbound(long highWaterMark, long maxPending, OverflowPolicy onOverflow) {
			this.outbound = new OutboundLimits(highWaterMark, maxPending, onOverflow);
			return this;
		}

		Builder listener(ConnectionListener listener) {
			this.listeners.add(listener);
			return this;
		}

		Builder pipeline(ChannelPipelineCustomizer customizer) {
			this.pipelines.add(customizer);
			return this;
		}

		TestServer start() {
			return start(0);
		}

		TestServer start(int port) {
			return build(port).start();
		}

		TestServer build(int port) {
			return new TestServer(this, port);
		}

		private ServerDefinition definition(int port) {
			PayloadConverter converter = new PayloadConverter(StandardCharsets.UTF_8, String.class, null);
			SocketControllers controllers = new SocketControllers(this.controllers,
					HandlerExtensions.none(Runnable::run));
			return new ServerDefinition(this.name,
					(this.unixSocket != null) ? this.unixSocket
							: new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
					new ServerDefinition.Protocol("tcp", "line", this.framing, converter, this.webSocket),
					controllers.handlers(this.name, converter, null, false, this.webSocket != null), limits(),
					new SocketOptions(0, true, null, null, new SocketOptions.Buffers(0, this.sendBuffer), false,
							this.unixPermissions),
					new ServerDefinition.Logging(false, false), new ConnectionEntrance(this.proxy, this.tls));
		}

		private ServerLimits limits() {
			AdmissionLimits admission = new AdmissionLimits(this.maxConnections, this.maxConnectionsPerAddress,
					this.acceptRate, this.denied);
			Deadlines deadlines = new Deadlines(this.frameTimeout, this.closeTimeout, this.idleTimeout,
					this.loginTimeout, this.maxLifetime);
			return new ServerLimits(admission, new HandlingLimits(16, 1), this.rate, deadlines, this.heartbeat,
					this.outbound);
		}

		Builder maxConnectionsPerAddress(int maxConnectionsPerAddress) {
			this.maxConnectionsPerAddress = maxConnectionsPerAddress;
			return this;
		}

		Builder acceptRate(int acceptRate) {
			this.acceptRate = acceptRate;
			return this;
		}

		Builder denied(String... networks) {
			this.denied = Stream.of(networks).map(Network::parse).toList();
			return this;
		}

		Builder idleTimeout(Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
			return this;
		}

		Builder loginTimeout(Duration loginTimeout) {
			this.loginTimeout = loginTimeout;
			return this;
		}

		Builder maxLifetime(Duration maxLifetime) {
			this.maxLifetime = maxLifetime;
			return this;
		}

		Builder rate(double messagesPerSecond, int burst, ExcessPolicy onExcess) {
			this.rate = new RateLimit(messagesPerSecond, burst, onExcess);
			return this;
		}

		Builder heartbeat(Duration interval, String payload) {
			this.heartbeat = new Heartbeat(interval, payload);
			return this;
		}

	}

}
