package dev.holdfast.server;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.Framing;
import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.handler.ServerHandlers;
import dev.holdfast.limit.ServerLimits;

/**
 * How one server is set up. Immutable.
 *
 * @param name the name that the configuration gave the server
 * @param address the address to listen on
 * @param protocol how bytes become messages
 * @param handlers the handler methods
 * @param limits what the server allows
 * @param options options of its sockets
 * @param logging what is logged
 * @param entrance what a connection passes first
 */
public record ServerDefinition(String name, SocketAddress address, Protocol protocol, ServerHandlers handlers,
		ServerLimits limits, SocketOptions options, Logging logging, ConnectionEntrance entrance) {

	/**
	 * Create a new {@link ServerDefinition} whose connections pass nothing first.
	 * @param name the name that the configuration gave the server
	 * @param address the address to listen on
	 * @param protocol how bytes become messages
	 * @param handlers the handler methods
	 * @param limits what the server allows
	 * @param options options of its sockets
	 * @param logging what is logged
	 */
	public ServerDefinition(String name, SocketAddress address, Protocol protocol, ServerHandlers handlers,
			ServerLimits limits, SocketOptions options, Logging logging) {
		this(name, address, protocol, handlers, limits, options, logging, ConnectionEntrance.OPEN);
	}

	/**
	 * How bytes become messages. Immutable.
	 *
	 * @param transport the name of the transport
	 * @param framingName the name of the framing
	 * @param framing the framing
	 * @param converter the converter of payloads
	 * @param webSocket how WebSocket is spoken, {@code null} for a stream of frames
	 */
	public record Protocol(String transport, String framingName, Framing framing, PayloadConverter converter,
			@Nullable WebSocketOptions webSocket) {

		/**
		 * Create a new {@link Protocol} that cuts a stream into frames.
		 * @param transport the name of the transport
		 * @param framingName the name of the framing
		 * @param framing the framing
		 * @param converter the converter of payloads
		 */
		public Protocol(String transport, String framingName, Framing framing, PayloadConverter converter) {
			this(transport, framingName, framing, converter, null);
		}

	}

	/**
	 * What a server logs. Immutable.
	 *
	 * @param connections whether one line is logged for each opened and each closed
	 * connection
	 * @param wire whether all bytes are logged
	 */
	public record Logging(boolean connections, boolean wire) {

	}

}
