package dev.holdfast.sample;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers each line with the same line.
 */
@SocketController("echo")
class EchoHandler {

	@OnMessage
	String echo(String line) {
		return line;
	}

}
