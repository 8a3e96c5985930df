package dev.holdfast.interop;

import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.connection.WebSocketMessage;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers each message with itself, text with text and binary with binary, and closes the
 * connection when asked to.
 */
@SocketController
class KindEchoHandler {

	@OnMessage
	@Nullable WebSocketMessage echo(WebSocketMessage message, SocketConnection connection) {
		if (message.payload().equals("close")) {
			connection.close(4002, "as you wish");
			return null;
		}
		return message;
	}

}
