package dev.holdfast.server.netty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers each message with itself and remembers why connections closed.
 */
@SocketController
class EchoController {

	final Queue<CloseReason> closed = new ConcurrentLinkedQueue<>();

	@OnMessage
	String echo(String message) {
		return message;
	}

	@OnClose
	void closed(SocketConnection connection, CloseReason reason) {
		this.closed.add(reason);
	}

}
