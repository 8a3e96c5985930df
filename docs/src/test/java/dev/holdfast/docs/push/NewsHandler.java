package dev.holdfast.docs.push;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("news")
class NewsHandler {

	@OnMessage("login")
	String login(String line, SocketConnection connection) {
		connection.bindUser(argument(line));
		return "welcome";
	}

	@OnMessage("follow")
	String follow(String line, SocketConnection connection) {
		return connection.join(argument(line)) ? "following" : "followed already";
	}

	private static String argument(String line) {
		return line.substring(line.indexOf(' ') + 1);
	}

}
