package dev.holdfast.docs.handlers;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("countdown")
class CountdownHandler {

	@OnMessage
	String count(String from, SocketConnection connection) {
		for (int i = Integer.parseInt(from); i > 0; i--) {
			connection.send(i + " ...");
		}
		return "go";
	}

}
