package dev.holdfast.docs.handlers;

import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.ConnectionAttribute;
import dev.holdfast.handler.NoHandlerException;
import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.Route;
import dev.holdfast.handler.SocketController;

@SocketController("devices")
class DeviceHandler {

	@OnMessage("login")
	Welcome login(Login login, SocketConnection connection) {
		connection.attributes().put("device", login.device());
		return new Welcome("welcome", login.device());
	}

	@OnMessage({ "temperature", "humidity" })
	Ack reading(Reading reading, @Route String kind, @ConnectionAttribute("device") @Nullable String device) {
		if (device == null) {
			throw new IllegalStateException("Log in first");
		}
		return new Ack("ack", kind, reading.value());
	}

	@OnError
	Problem unknown(NoHandlerException ex) {
		return new Problem("error", "Unknown type");
	}

	@OnError
	Problem failed(IllegalStateException ex) {
		return new Problem("error", ex.getMessage());
	}

	record Login(String device) {

	}

	record Reading(double value) {

	}

	record Welcome(String type, String device) {

	}

	record Ack(String type, String kind, double value) {

	}

	record Problem(String type, @Nullable String message) {

	}

}
