package dev.holdfast.benchmarks.app;

import dev.holdfast.benchmarks.server.Reading;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers JSON with itself.
 */
@SocketController("bench")
class JsonController {

	@OnMessage
	Reading echo(Reading reading) {
		return reading;
	}

}
