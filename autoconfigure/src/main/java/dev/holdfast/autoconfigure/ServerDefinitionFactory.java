package dev.holdfast.autoconfigure;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.unit.DataSize;

import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.handler.MessageRouter;
import dev.holdfast.handler.ServerHandlers;
import dev.holdfast.handler.SocketControllers;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerDefinition.Logging;
import dev.holdfast.server.ServerDefinition.Protocol;
import dev.holdfast.server.SocketOptions;

/**
 * Maps {@link ServerProperties} to a {@link ServerDefinition}.
 */
final class ServerDefinitionFactory {

	private static final int MAX_PORT = 65535;

	private static final Duration MAX_USER_TIMEOUT = Duration.ofDays(24);

	private final FramingFactory framings;

	private final PayloadFactory payloads;

	private final SocketControllers controllers;

	private final @Nullable SslBundles bundles;

	ServerDefinitionFactory(FramingFactory framings, PayloadFactory payloads, SocketControllers controllers,
			@Nullable SslBundles bundles) {
		this.framings = framings;
		this.payloads = payloads;
		this.controllers = controllers;
		this.bundles = bundles;
	}

	ServerDefinition create(String name, ServerProperties properties) {
		ServerKeys keys = new ServerKeys(name);
		SocketAddress address = address(keys, properties);
		boolean webSocket = isWebSocket(keys, properties);
		PayloadConverter converter = this.payloads.converter(keys, properties);
		MessageRouter router = this.payloads.router(keys, properties);
		Protocol protocol = webSocket ? new WebSocketMapper(keys, properties).protocol(converter) : new Protocol(
				properties.transport(), properties.framing(), this.framings.create(keys, properties), converter);
		ServerHandlers handlers = this.controllers.handlers(name, converter, router,
				properties.execution() == ServerProperties.Execution.BLOCKING, webSocket);
		return new ServerDefinition(name, address, protocol, handlers, new LimitsMapper(keys, properties).limits(),
				options(keys, properties.socket()), new Logging(properties.logConnections(), properties.wiretap()),
				new EntranceMapper(keys, properties, this.bundles).entrance());
	}

	private static boolean isWebSocket(ServerKeys keys, ServerProperties properties) {
		boolean webSocket = WebSocketMapper.TRANSPORT.equals(properties.transport());
		keys.check("transport", properties.transport(), webSocket || "tcp".equals(properties.transport()),
				"it must be 'tcp' or 'websocket'");
		return webSocket;
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

	private SocketOptions options(ServerKeys keys, ServerProperties.Socket socket) {
		int backlog = (socket.backlog() != null) ? socket.backlog() : 0;
		keys.check("socket.backlog", backlog, socket.backlog() == null || backlog > 0, "it must be positive");
		SocketOptions.Buffers buffers = new SocketOptions.Buffers(
				size(keys, "socket.receive-buffer", socket.receiveBuffer()),
				size(keys, "socket.send-buffer", socket.sendBuffer()));
		Duration userTimeout = socket.userTimeout();
		keys.check("socket.user-timeout", userTimeout, userTimeout == null || isMillis(userTimeout),
				"it must be positive and below 24 days");
		return new SocketOptions(backlog, socket.noDelay(), keepAlive(keys, socket.keepAlive()), userTimeout, buffers,
				socket.reusePort());
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

	private static boolean isMillis(Duration duration) {
		return duration.compareTo(Duration.ofMillis(1)) >= 0 && duration.compareTo(MAX_USER_TIMEOUT) <= 0;
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
