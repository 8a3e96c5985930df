package dev.holdfast.benchmarks.app;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers lines with themselves.
 */
@SocketController("bench")
class EchoController {

	@OnMessage
	String echo(String line) {
		return line;
	}

}
