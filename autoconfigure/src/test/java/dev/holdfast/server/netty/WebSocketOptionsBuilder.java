package dev.holdfast.server.netty;

import java.util.List;
import java.util.stream.Stream;

import dev.holdfast.limit.Network;
import dev.holdfast.server.WebSocketOptions;

/**
 * Builds {@link WebSocketOptions} for tests.
 */
final class WebSocketOptionsBuilder {

	private List<String> subprotocols = List.of();

	private boolean compression;

	private int maxFrameLength = 64 * 1024;

	private int maxMessageLength = 64 * 1024;

	private boolean keepHeaders;

	private List<String> allowedOrigins = List.of();

	private List<Network> forwardedFrom = List.of();

	WebSocketOptionsBuilder subprotocols(String... subprotocols) {
		this.subprotocols = List.of(subprotocols);
		return this;
	}

	WebSocketOptionsBuilder compression() {
		this.compression = true;
		return this;
	}

	WebSocketOptionsBuilder maxLengths(int maxFrameLength, int maxMessageLength) {
		this.maxFrameLength = maxFrameLength;
		this.maxMessageLength = maxMessageLength;
		return this;
	}

	WebSocketOptionsBuilder keepHeaders() {
		this.keepHeaders = true;
		return this;
	}

	WebSocketOptionsBuilder allowedOrigins(String... allowedOrigins) {
		this.allowedOrigins = List.of(allowedOrigins);
		return this;
	}

	WebSocketOptionsBuilder forwardedFrom(String... networks) {
		this.forwardedFrom = Stream.of(networks).map(Network::parse).toList();
		return this;
	}

	WebSocketOptions build() {
		return new WebSocketOptions("/live", this.subprotocols, this.compression, this.maxFrameLength,
				this.maxMessageLength, this.keepHeaders, this.allowedOrigins, this.forwardedFrom);
	}

}
