package dev.holdfast.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Puts together the pipeline of a connection. Thread-safe.
 */
final class ChannelAssembly {

	static final String HTTP = "holdfast.http";

	private static final int MAX_HEADER_SIZE = 16 * 1024;

	private ChannelAssembly() {
	}

	static NettyConnection connection(Channel channel, ServerLoop home) {
		return (home.webSocket != null) ? new WebSocketConnection(channel, home, home.webSocket)
				: new FramedConnection(channel, home);
	}

	/**
	 * Add what stands right in front of the connection.
	 * @param pipeline the pipeline, with the handlers of the application
	 * @param connection the connection
	 */
	static void complete(ChannelPipeline pipeline, NettyConnection connection) {
		if (connection instanceof WebSocketConnection) {
			pipeline.addLast(HTTP,
					new HttpRequestDecoder(new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEADER_SIZE)
						.setMaxHeaderSize(MAX_HEADER_SIZE)));
		}
	}

}
