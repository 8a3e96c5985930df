package dev.holdfast.sample.device;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.ConnectionAttribute;
import dev.holdfast.handler.InvalidPayloadException;
import dev.holdfast.handler.NoHandlerException;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.PayloadException;
import dev.holdfast.handler.SocketController;
import dev.holdfast.sample.device.DeviceReply.Ack;
import dev.holdfast.sample.device.DeviceReply.Failure;
import dev.holdfast.sample.device.DeviceReply.Pong;
import dev.holdfast.sample.device.DeviceReply.Watching;
import dev.holdfast.sample.device.DeviceReply.Welcome;
import dev.holdfast.sample.device.DeviceRequest.Login;
import dev.holdfast.sample.device.DeviceRequest.Telemetry;
import dev.holdfast.sample.device.DeviceRequest.Watch;

/**
 * Talks to devices, a JSON object per line. A device is the user of its connections, and
 * a member of the group of its site.
 */
@SocketController("devices")
class DeviceHandler {

	private static final Failure LOGIN_FIRST = new Failure("Log in first");

	private final SitePresence presence;

	private final DeviceProperties properties;

	DeviceHandler(SitePresence presence, DeviceProperties properties) {
		this.presence = presence;
		this.properties = properties;
	}

	@OnMessage("login")
	@Nullable DeviceReply login(@Valid Login login, SocketConnection connection) {
		if (!this.properties.accepts(login.token())) {
			connection.send(new Failure("Wrong token"));
			connection.close();
			return null;
		}
		if (connection.user().isPresent()) {
			return new Failure("Logged in already");
		}
		connection.attributes().put("site", login.site());
		connection.join(Sites.group(login.site()));
		connection.bindUser(login.device());
		this.presence.came(login.site(), login.device());
		return new Welcome(login.device(), login.site());
	}

	@OnMessage("telemetry")
	DeviceReply telemetry(Telemetry telemetry, SocketConnection connection) {
		if (connection.user().isEmpty()) {
			return LOGIN_FIRST;
		}
		return new Ack(telemetry.seq(), connection.messagesReceived());
	}

	@OnMessage("watch")
	Mono<DeviceReply> watch(@Valid Watch watch, SocketConnection connection) {
		if (connection.user().isEmpty()) {
			return Mono.just(LOGIN_FIRST);
		}
		connection.join(Sites.watchers(watch.site()));
		return this.presence.count(watch.site()).map((devices) -> new Watching(watch.site(), devices));
	}

	@OnMessage("ping")
	DeviceReply ping() {
		return new Pong();
	}

	@OnMessage("pong")
	void pong() {
	}

	@OnClose
	void closed(SocketConnection connection, @ConnectionAttribute("site") @Nullable String site) {
		if (site != null) {
			connection.user().ifPresent((device) -> this.presence.went(site, device));
		}
	}

	@OnError({ PayloadException.class, InvalidPayloadException.class, NoHandlerException.class })
	DeviceReply failed(Exception ex) {
		return new Failure(ex.getMessage());
	}

}
