package dev.holdfast.docs.handlers;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

@SocketController("lines")
class LinesHandler {

	private static final Log logger = LogFactory.getLog(LinesHandler.class);

	@OnOpen
	String opened(SocketConnection connection) {
		return "Welcome, " + connection.id();
	}

	@OnMessage
	String message(String line, SocketConnection connection) {
		return connection.messagesReceived() + ": " + line;
	}

	@OnClose
	void closed(SocketConnection connection, CloseReason reason) {
		logger.info("Connection %s ended: %s".formatted(connection.id(), reason));
	}

	@OnError
	String failed(Exception ex) {
		return "Error: " + ex.getMessage();
	}

}
