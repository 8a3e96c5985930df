package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.util.List;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.handler.HandshakeVerdict;
import dev.holdfast.limit.Network;
import dev.holdfast.server.WebSocketOptions;

/**
 * The way of a connection from its HTTP request to WebSocket, gone with its end. Confined
 * to the connection's event loop.
 */
final class WebSocketUpgrade implements HandshakeVerdict {

	private final WebSocketConnection connection;

	private final UpgradeRequest request;

	private @Nullable WebSocketHandshake handshake;

	private @Nullable Runnable cancel;

	WebSocketUpgrade(WebSocketConnection connection, HttpRequest request, WebSocketOptions options) {
		this.connection = connection;
		this.request = new UpgradeRequest(request, options);
	}

	void begin() {
		HttpResponseStatus refusal = check();
		if (refusal != null) {
			refuse(refusal);
			return;
		}
		if (!learnClient()) {
			return;
		}
		WebSocketHandshake handshake = new WebSocketHandshake(this.connection, this.request,
				this.request.options().path());
		handshake.agree(this.request.subprotocol(handshake.subprotocols()));
		this.handshake = handshake;
		this.connection.handshake(handshake);
		ChannelPipeline pipeline = this.connection.channel.pipeline();
		if (pipeline.get(ChannelAssembly.HTTP) != null) {
			pipeline.remove(ChannelAssembly.HTTP);
		}
		this.cancel = this.connection.home.handlers.handshake(this.connection, this);
	}

	private boolean learnClient() {
		List<Network> proxies = this.request.options().forwardedFrom();
		boolean forwarded = !proxies.isEmpty() && (!(this.connection.remoteAddress() instanceof InetSocketAddress peer)
				|| ForwardedAddress.isTrusted(proxies, peer.getAddress()));
		return !forwarded || this.connection.client(ForwardedAddress.of(this.request.request().headers(), proxies));
	}

	private @Nullable HttpResponseStatus check() {
		HttpResponseStatus syntax = this.request.checkSyntax();
		if (syntax != null) {
			return syntax;
		}
		try {
			return this.request.check(this.request.target().path());
		}
		catch (IllegalArgumentException ex) {
			return HttpResponseStatus.BAD_REQUEST;
		}
	}

	@Override
	public void accept(@Nullable String user) {
		WebSocketHandshake handshake = this.handshake;
		if (this.connection.state() != ConnectionState.NEW || handshake == null) {
			return;
		}
		if (user != null && !isName(user)) {
			refuse(HttpResponseStatus.INTERNAL_SERVER_ERROR);
			return;
		}
		MessageDeflate compression = this.request.compression();
		this.connection
			.writeUncounted(this.request.accept(this.connection.channel.alloc(), handshake.subprotocol(), compression));
		this.connection.upgraded(compression, user);
	}

	private boolean isName(String user) {
		try {
			MemberConnection.checkName("user", user);
			return true;
		}
		catch (IllegalArgumentException ex) {
			this.connection.home.server.failed(this.connection, ex);
			return false;
		}
	}

	@Override
	public void refuse(int status) {
		refuse(HttpResponseStatus.valueOf(status));
	}

	private void refuse(HttpResponseStatus status) {
		if (this.connection.state() == ConnectionState.NEW) {
			this.connection.writeUncounted(UpgradeRequest.refuse(this.connection.channel.alloc(), status));
			this.connection.close(CloseReason.HANDSHAKE_FAILED);
		}
	}

	void cancel() {
		if (this.cancel != null) {
			this.cancel.run();
		}
	}

}
