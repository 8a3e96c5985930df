package dev.holdfast.interop;

import dev.holdfast.connection.WebSocketMessage;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers each message with itself, text with text and binary with binary.
 */
@SocketController
class KindEchoHandler {

	@OnMessage
	WebSocketMessage echo(WebSocketMessage message) {
		return message;
	}

}
