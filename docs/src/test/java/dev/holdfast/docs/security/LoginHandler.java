package dev.holdfast.docs.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.holdfast.connection.ClientText;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("devices")
class LoginHandler {

	private static final Logger logger = LoggerFactory.getLogger(LoginHandler.class);

	@OnMessage
	void message(String name, SocketConnection connection) {
		if (!name.matches("[a-z0-9]{1,32}")) {
			logger.info("Refused the name {}", ClientText.loggable(name));
			connection.close(CloseReason.KICKED);
		}
	}

}
