package dev.holdfast.docs.fromworkerman;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

@SocketController("talk")
class TalkHandler {

	private static final Log logger = LogFactory.getLog(TalkHandler.class);

	@OnOpen
	String opened() {
		return "welcome";
	}

	@OnMessage
	String message(String line) {
		return "you said " + line;
	}

	@OnClose
	void closed() {
		logger.info("gone");
	}

}
