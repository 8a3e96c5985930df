package dev.holdfast.docs.handlers;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;

import dev.holdfast.handler.InvalidPayloadException;
import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("checked")
class CheckedHandler {

	@OnMessage
	String reading(@Valid Reading reading) {
		return "ok";
	}

	@OnError
	String invalid(InvalidPayloadException ex) {
		return ex.getMessage();
	}

	record Reading(@NotBlank String device, @Max(100) int value) {

	}

}
