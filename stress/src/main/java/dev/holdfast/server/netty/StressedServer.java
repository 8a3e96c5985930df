package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

import dev.holdfast.codec.LineFraming;
import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.handler.HandlerExtensions;
import dev.holdfast.handler.SocketControllers;
import dev.holdfast.limit.AdmissionLimits;
import dev.holdfast.limit.Deadlines;
import dev.holdfast.limit.HandlingLimits;
import dev.holdfast.limit.OutboundLimits;
import dev.holdfast.limit.OverflowPolicy;
import dev.holdfast.limit.ServerLimits;
import dev.holdfast.server.ConnectionEntrance;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.SocketOptions;

/**
 * A server that is never started, and open connections of it without a socket.
 */
final class StressedServer {

	static final int MAX_PENDING = 1000;

	private static final NettySocketServer SERVER = server();

	private static final ServerLoop HOME = new ServerLoop(new ConnectionLoop(eventLoop(), 0, "n"), SERVER);

	private StressedServer() {
	}

	/**
	 * Create an event loop whose thread is a daemon: jcstress waits until its processes
	 * end by themselves.
	 * @return the event loop
	 */
	static EventLoop eventLoop() {
		return new DefaultEventLoop(new DefaultThreadFactory("stress", true));
	}

	private static NettySocketServer server() {
		PayloadConverter converter = new PayloadConverter(StandardCharsets.UTF_8, String.class, null);
		SocketControllers controllers = new SocketControllers(List.of(), HandlerExtensions.none(Runnable::run));
		ServerLimits limits = new ServerLimits(new AdmissionLimits(0, 0, 0, List.of()), new HandlingLimits(16, 1), null,
				new Deadlines(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO), null,
				new OutboundLimits(64 * 1024, MAX_PENDING, OverflowPolicy.DROP));
		ServerDefinition definition = new ServerDefinition("stress", new InetSocketAddress(0),
				new ServerDefinition.Protocol("tcp", "line", new LineFraming(1024), converter, null),
				controllers.handlers("stress", converter, null, false, false), limits,
				new SocketOptions(0, true, null, null, new SocketOptions.Buffers(0, 0), false),
				new ServerDefinition.Logging(false, false), new ConnectionEntrance(null, null));
		NettyNode node = new NettyNode("n", 1, 0, Duration.ZERO);
		return new NettySocketServer(definition, node, new NettyCustomization(List.of(), List.of(), List.of()));
	}

	/**
	 * Create an open connection, in the slot 0 of its loop.
	 * @return the connection
	 */
	static FramedConnection connection() {
		FramedConnection connection = new FramedConnection(new EmbeddedChannel(), HOME);
		connection.slot(0, 1);
		connection.state(ConnectionState.OPEN);
		return connection;
	}

	static long members(String group) {
		return SERVER.memberships().groups().count(group);
	}

	static long bound(String user) {
		return SERVER.memberships().users().count(user);
	}

}
