package dev.holdfast.autoconfigure;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.handler.MessageRouter;
import dev.holdfast.handler.ServerHandlers;
import dev.holdfast.handler.SocketControllers;
import dev.holdfast.limit.Deadlines;
import dev.holdfast.limit.HandlingLimits;
import dev.holdfast.limit.OutboundLimits;
import dev.holdfast.limit.ServerLimits;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerDefinition.Protocol;
import dev.holdfast.server.SocketOptions;

/**
 * Maps {@link ServerProperties} to a {@link ServerDefinition}.
 */
final class ServerDefinitionFactory {

	private static final int MAX_PORT = 65535;

	private final FramingFactory framings;

	private final PayloadFactory payloads;

	private final SocketControllers controllers;

	ServerDefinitionFactory(FramingFactory framings, PayloadFactory payloads, SocketControllers controllers) {
		this.framings = framings;
		this.payloads = payloads;
		this.controllers = controllers;
	}

	ServerDefinition create(String name, ServerProperties properties) {
		ServerKeys keys = new ServerKeys(name);
		SocketAddress address = address(keys, properties);
		keys.check("transport", properties.transport(), "tcp".equals(properties.transport()), "it must be 'tcp'");
		PayloadConverter converter = this.payloads.converter(keys, properties);
		MessageRouter router = this.payloads.router(keys, properties);
		Protocol protocol = new Protocol(properties.transport(), properties.framing(),
				this.framings.create(keys, properties), converter);
		ServerHandlers handlers = this.controllers.handlers(name, converter, router,
				properties.execution() == ServerProperties.Execution.BLOCKING);
		return new ServerDefinition(name, address, protocol, handlers, limits(keys, properties),
				options(keys, properties.socket()));
	}

	private SocketAddress address(ServerKeys keys, ServerProperties properties) {
		Integer port = keys.required("port", properties.port(), "set it to the port to listen on, or to 0 for any");
		keys.check("port", port, port >= 0 && port <= MAX_PORT, "it must be between 0 and 65535");
		if (properties.host() == null) {
			return new InetSocketAddress(port);
		}
		InetSocketAddress address = new InetSocketAddress(properties.host(), port);
		keys.check("host", properties.host(), !address.isUnresolved(), "no address is known for this name");
		return address;
	}

	private ServerLimits limits(ServerKeys keys, ServerProperties properties) {
		long maxConnections = properties.limits().maxConnections();
		keys.check("limits.max-connections", maxConnections, maxConnections >= 0, "it must not be negative");
		Deadlines deadlines = new Deadlines(duration(keys, "frame-timeout", properties.frameTimeout()),
				duration(keys, "close-timeout", properties.closeTimeout()));
		return new ServerLimits(maxConnections, handling(keys, properties), deadlines,
				outbound(keys, properties.outbound()));
	}

	private HandlingLimits handling(ServerKeys keys, ServerProperties properties) {
		keys.check("max-waiting", properties.maxWaiting(), properties.maxWaiting() >= 0, "it must not be negative");
		keys.check("concurrency", properties.concurrency(), properties.concurrency() > 0, "it must be positive");
		return new HandlingLimits(properties.maxWaiting(), properties.concurrency());
	}

	private OutboundLimits outbound(ServerKeys keys, ServerProperties.Outbound outbound) {
		long high = outbound.highWaterMark().toBytes();
		long max = outbound.maxPending().toBytes();
		keys.check("outbound.high-water-mark", outbound.highWaterMark(), high > 0 && high <= Integer.MAX_VALUE,
				"it must be positive and below 2GB");
		keys.check("outbound.max-pending", outbound.maxPending(), max == 0 || max >= high,
				"it must not be below 'outbound.high-water-mark', which is %s".formatted(outbound.highWaterMark()));
		return new OutboundLimits(high, max, outbound.onOverflow());
	}

	private SocketOptions options(ServerKeys keys, ServerProperties.Socket socket) {
		int backlog = (socket.backlog() != null) ? socket.backlog() : 0;
		keys.check("socket.backlog", backlog, socket.backlog() == null || backlog > 0, "it must be positive");
		SocketOptions.Buffers buffers = new SocketOptions.Buffers(
				size(keys, "socket.receive-buffer", socket.receiveBuffer()),
				size(keys, "socket.send-buffer", socket.sendBuffer()));
		return new SocketOptions(backlog, socket.noDelay(), keepAlive(keys, socket.keepAlive()), socket.userTimeout(),
				buffers, socket.reusePort());
	}

	private SocketOptions.@Nullable KeepAlive keepAlive(ServerKeys keys, ServerProperties.Socket.KeepAlive keepAlive) {
		if (!keepAlive.enabled()) {
			return null;
		}
		keys.check("socket.keep-alive.idle", keepAlive.idle(), keepAlive.idle().toSeconds() > 0,
				"it must be at least one second");
		keys.check("socket.keep-alive.interval", keepAlive.interval(), keepAlive.interval().toSeconds() > 0,
				"it must be at least one second");
		keys.check("socket.keep-alive.count", keepAlive.count(), keepAlive.count() > 0, "it must be positive");
		return new SocketOptions.KeepAlive(keepAlive.idle(), keepAlive.interval(), keepAlive.count());
	}

	private static Duration duration(ServerKeys keys, String key, Duration duration) {
		keys.check(key, duration, !duration.isNegative(), "it must not be negative");
		return duration;
	}

	private static int size(ServerKeys keys, String key, @Nullable DataSize size) {
		if (size == null) {
			return 0;
		}
		keys.check(key, size, size.toBytes() > 0 && size.toBytes() <= Integer.MAX_VALUE,
				"it must be positive and below 2GB");
		return (int) size.toBytes();
	}

}
