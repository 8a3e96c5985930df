package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import org.jspecify.annotations.Nullable;

import dev.holdfast.limit.Network;
import dev.holdfast.server.ConnectionEntrance;
import dev.holdfast.server.ProxyProtocol;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.WebSocketOptions;

/**
 * Puts together the pipelines of the connections of one server. Thread-safe.
 */
final class ChannelAssembly {

	static final String HTTP = "holdfast.http";

	static final String TLS = "holdfast.tls";

	private static final String PROXY_GATE = "holdfast.proxy-gate";

	private static final String TLS_GATE = "holdfast.tls-gate";

	private static final int MAX_HEADER_SIZE = 16 * 1024;

	private final ConnectionEntrance entrance;

	private final List<Network> forwardedFrom;

	private final @Nullable TlsContexts tls;

	/**
	 * Create a new {@link ChannelAssembly}.
	 * @param definition the definition of the server
	 * @throws IllegalStateException if its TLS cannot be set up
	 */
	ChannelAssembly(ServerDefinition definition) {
		this.entrance = definition.entrance();
		WebSocketOptions webSocket = definition.protocol().webSocket();
		this.forwardedFrom = (webSocket != null) ? webSocket.forwardedFrom() : List.of();
		this.tls = (this.entrance.tls() != null) ? new TlsContexts(definition.name(), this.entrance.tls()) : null;
	}

	/**
	 * Whether a peer is a proxy that tells the address of the client.
	 * @param peer the address of the peer
	 * @return whether the address of the client is known only later
	 */
	boolean learnsClient(InetAddress peer) {
		ProxyProtocol proxy = this.entrance.proxy();
		return (proxy != null && proxy.trusts(peer)) || ForwardedAddress.isTrusted(this.forwardedFrom, peer);
	}

	NettyConnection connection(Channel channel, ServerLoop home) {
		return (home.webSocket != null) ? new WebSocketConnection(channel, home) : new FramedConnection(channel, home);
	}

	/**
	 * Add what stands in front of the handlers of the application.
	 * @param pipeline the pipeline
	 * @param connection the connection
	 */
	void begin(ChannelPipeline pipeline, NettyConnection connection) {
		if (this.entrance.proxy() != null) {
			pipeline.addLast(PROXY_GATE, new ProxyGate(connection, this.entrance.proxy()));
		}
		if (this.tls != null) {
			pipeline.addLast(TLS, this.tls.newHandler());
			pipeline.addLast(TLS_GATE, new TlsGate(connection));
		}
	}

	/**
	 * Add what stands right in front of the connection.
	 * @param pipeline the pipeline, with the handlers of the application
	 * @param connection the connection
	 */
	void complete(ChannelPipeline pipeline, NettyConnection connection) {
		if (connection instanceof WebSocketConnection) {
			pipeline.addLast(HTTP,
					new HttpRequestDecoder(new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEADER_SIZE)
						.setMaxHeaderSize(MAX_HEADER_SIZE)));
		}
	}

}
