package dev.holdfast.autoconfigure;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.codec.RawFraming;
import dev.holdfast.server.ServerDefinition.Protocol;
import dev.holdfast.server.WebSocketOptions;

/**
 * Maps {@link ServerProperties} to {@link WebSocketOptions}. Immutable.
 *
 * @param keys the keys of the server
 * @param properties the properties of the server
 */
record WebSocketMapper(ServerKeys keys, ServerProperties properties) {

	static final String TRANSPORT = "websocket";

	private static final int MAX_PING_LENGTH = 125;

	Protocol protocol(PayloadConverter converter) {
		check();
		WebSocketOptions options = options(this.properties.websocket());
		return new Protocol(TRANSPORT, TRANSPORT, new RawFraming(options.maxMessageLength()), converter, options);
	}

	/**
	 * Check that nothing is configured that another transport does not use.
	 */
	void checkUnused() {
		ServerProperties.WebSocket webSocket = this.properties.websocket();
		unused("path", webSocket.path(), "/".equals(webSocket.path()));
		unused("subprotocols", webSocket.subprotocols(), webSocket.subprotocols().isEmpty());
		unused("compression", webSocket.compression(), !webSocket.compression());
		unused("max-message-length", webSocket.maxMessageLength(), webSocket.maxMessageLength() == null);
		unused("keep-headers", webSocket.keepHeaders(), !webSocket.keepHeaders());
		unused("allowed-origins", webSocket.allowedOrigins(), webSocket.allowedOrigins().isEmpty());
		unused("forwarded-from", webSocket.forwardedFrom(), webSocket.forwardedFrom().isEmpty());
	}

	private void unused(String key, @Nullable Object value, boolean valid) {
		this.keys.check("websocket." + key, value, valid,
				"the transport 'tcp' does not use it: remove it, or set '%s' to '%s'"
					.formatted(this.keys.key("transport"), TRANSPORT));
	}

	private void check() {
		this.keys.check("framing", this.properties.framing(), "line".equals(this.properties.framing()),
				"WebSocket has frames of its own, so remove it or set 'transport' to 'tcp'");
		this.keys.check("delimiter", this.properties.delimiter(), this.properties.delimiter() == null,
				"WebSocket has frames of its own, so remove it or set 'transport' to 'tcp'");
		this.keys.check("fixed-length", this.properties.fixedLength(), this.properties.fixedLength() == null,
				"WebSocket has frames of its own, so remove it or set 'transport' to 'tcp'");
		this.keys.check("charset", this.properties.charset(),
				StandardCharsets.UTF_8.equals(this.properties.charset()) || !"text".equals(this.properties.payload()),
				"text over WebSocket is always UTF-8");
		String ping = this.properties.heartbeat().payload();
		this.keys.check("heartbeat.payload", ping,
				ping == null || ping.getBytes(StandardCharsets.UTF_8).length <= MAX_PING_LENGTH,
				"a WebSocket ping takes at most 125 bytes");
	}

	private WebSocketOptions options(ServerProperties.WebSocket webSocket) {
		String path = webSocket.path();
		this.keys.check("websocket.path", path, path.startsWith("/") && !path.contains("?"),
				"it must begin with '/' and have no query");
		webSocket.subprotocols()
			.forEach((name) -> this.keys.check("websocket.subprotocols", name,
					name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"), "it must be a name without spaces and separators"));
		webSocket.allowedOrigins().forEach(this::checkOrigin);
		int maxMessageLength = maxMessageLength(webSocket.maxMessageLength());
		return new WebSocketOptions(path, webSocket.subprotocols(), webSocket.compression(),
				length("max-frame-length", this.properties.maxFrameLength()), maxMessageLength, webSocket.keepHeaders(),
				webSocket.allowedOrigins(), new LimitsMapper(this.keys, this.properties)
					.networks("websocket.forwarded-from", webSocket.forwardedFrom()));
	}

	private int maxMessageLength(@Nullable DataSize size) {
		return (size != null) ? length("websocket.max-message-length", size)
				: length("max-frame-length", this.properties.maxFrameLength());
	}

	private void checkOrigin(String origin) {
		boolean valid = List.of("*", "null").contains(origin)
				|| (origin.matches("[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\s]+") && URI.create(origin).getHost() != null);
		this.keys.check("websocket.allowed-origins", origin, valid,
				"it must be '*' or a scheme and a host such as 'https://example.com'");
	}

	private int length(String key, DataSize size) {
		long bytes = size.toBytes();
		this.keys.check(key, size, bytes > 0 && bytes <= Integer.MAX_VALUE / 2, "it must be positive and below 1GB");
		return (int) bytes;
	}

}
