package dev.holdfast.docs.push;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.ConnectionAttribute;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.OnWritable;
import dev.holdfast.handler.SocketController;

@SocketController("numbers")
class NumbersHandler {

	@OnOpen
	void opened(SocketConnection connection) {
		connection.attributes().put("next", 0);
	}

	@OnMessage
	void start(SocketConnection connection, @ConnectionAttribute("next") int next) {
		sendMore(connection, next);
	}

	@OnWritable
	void writable(SocketConnection connection, @ConnectionAttribute("next") int next) {
		sendMore(connection, next);
	}

	private void sendMore(SocketConnection connection, int next) {
		int number = next;
		while (number < 1_000_000 && connection.isWritable() && connection.send("number " + number)) {
			number++;
		}
		connection.attributes().put("next", number);
	}

}
