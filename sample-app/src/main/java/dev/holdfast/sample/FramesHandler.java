package dev.holdfast.sample;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers each frame with the same bytes.
 */
@SocketController("frames")
class FramesHandler {

	@OnMessage
	byte[] echo(byte[] payload) {
		return payload;
	}

}
