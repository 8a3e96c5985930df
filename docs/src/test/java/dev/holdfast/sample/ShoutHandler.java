package dev.holdfast.sample;

import java.util.Locale;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("shout")
class ShoutHandler {

	@OnMessage
	String shout(String line) {
		return line.toUpperCase(Locale.ROOT) + "!";
	}

}
