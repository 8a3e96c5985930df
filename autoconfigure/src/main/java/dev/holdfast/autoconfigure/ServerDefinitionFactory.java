package dev.holdfast.autoconfigure;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.handler.MessageRouter;
import dev.holdfast.handler.ServerHandlers;
import dev.holdfast.handler.SocketControllers;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerDefinition.Logging;
import dev.holdfast.server.ServerDefinition.Protocol;

/**
 * Maps {@link ServerProperties} to a {@link ServerDefinition}.
 */
final class ServerDefinitionFactory {

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
		SocketMapper sockets = new SocketMapper(keys, properties);
		SocketAddress address = sockets.address();
		boolean webSocket = isWebSocket(keys, properties);
		PayloadConverter converter = this.payloads.converter(keys, properties);
		MessageRouter router = this.payloads.router(keys, properties);
		Protocol protocol = webSocket ? new WebSocketMapper(keys, properties).protocol(converter) : new Protocol(
				properties.transport(), properties.framing(), this.framings.create(keys, properties), converter);
		ServerHandlers handlers = this.controllers.handlers(name, converter, router,
				properties.execution() == ServerProperties.Execution.BLOCKING, webSocket);
		return new ServerDefinition(name, address, protocol, handlers, new LimitsMapper(keys, properties).limits(),
				sockets.options(), new Logging(properties.logConnections(), properties.wiretap()),
				new EntranceMapper(keys, properties, this.bundles).entrance());
	}

	private static boolean isWebSocket(ServerKeys keys, ServerProperties properties) {
		boolean webSocket = WebSocketMapper.TRANSPORT.equals(properties.transport());
		keys.check("transport", properties.transport(), webSocket || "tcp".equals(properties.transport()),
				"it must be 'tcp' or 'websocket'");
		if (!webSocket) {
			new WebSocketMapper(keys, properties).checkUnused();
		}
		return webSocket;
	}

}
