package dev.holdfast.docs.quickstart;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("echo")
class EchoHandler {

	@OnMessage
	String echo(String line) {
		return line;
	}

}
