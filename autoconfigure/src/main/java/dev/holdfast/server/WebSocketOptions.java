package dev.holdfast.server;

import java.util.List;

import dev.holdfast.limit.Network;

/**
 * How a server speaks WebSocket. Immutable.
 *
 * @param path the path that clients ask for
 * @param subprotocols the subprotocols that the server speaks, the most preferred first
 * @param compression whether messages are compressed for clients that can
 * @param maxFrameLength the bytes of the longest frame, without its header
 * @param maxMessageLength the bytes of the longest message, after inflation
 * @param keepHeaders whether headers stay readable after opening
 * @param allowedOrigins the origins whose pages may connect, {@code *} for any; empty for
 * those on the same host
 * @param forwardedFrom networks of proxies that tell the address of the client
 */
public record WebSocketOptions(String path, List<String> subprotocols, boolean compression, int maxFrameLength,
		int maxMessageLength, boolean keepHeaders, List<String> allowedOrigins, List<Network> forwardedFrom) {

	public WebSocketOptions {
		subprotocols = List.copyOf(subprotocols);
		allowedOrigins = List.copyOf(allowedOrigins);
		forwardedFrom = List.copyOf(forwardedFrom);
	}

}
