package dev.holdfast.connection;

import org.springframework.util.Assert;

/**
 * A message whose kind is chosen: over WebSocket, text or binary whatever its payload is.
 * Other transports send the payload as it is. Without it, a {@code String} or JSON is
 * text and bytes are binary. As the parameter of a handler it tells the kind of what was
 * received: a text message holds a {@code String}, a binary one, and every message of
 * another transport, a {@code byte[]}. Immutable.
 *
 * @param text whether the message is text, in which case bytes must be UTF-8
 * @param payload the payload: a {@code String}, a {@code byte[]} or an object that is
 * converted
 */
public record WebSocketMessage(boolean text, Object payload) {

	public WebSocketMessage {
		Assert.notNull(payload, "'payload' must not be null");
	}

	/**
	 * Create a text message.
	 * @param payload the payload
	 * @return the message
	 */
	public static WebSocketMessage text(Object payload) {
		return new WebSocketMessage(true, payload);
	}

	/**
	 * Create a binary message.
	 * @param payload the payload
	 * @return the message
	 */
	public static WebSocketMessage binary(Object payload) {
		return new WebSocketMessage(false, payload);
	}

	/**
	 * Return what is sent when the kind does not matter.
	 * @param message any message
	 * @return the payload of a {@link WebSocketMessage}, else the message itself
	 */
	public static Object payloadOf(Object message) {
		return (message instanceof WebSocketMessage chosen) ? chosen.payload() : message;
	}

}
