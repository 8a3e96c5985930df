package dev.holdfast.benchmarks.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;

/**
 * Upgrades connections with Netty's handshake, which puts its frame codec into the
 * pipeline, and hands them to a {@link TextFrameHandler}. Thread-safe.
 */
@Sharable
public final class WebSocketUpgradeHandler extends ChannelInboundHandlerAdapter {

	private static final int MAX_FRAME = 64 * 1024;

	private final TextFrameHandler frames = new TextFrameHandler();

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			FullHttpRequest full = new DefaultFullHttpRequest(request.protocolVersion(), request.method(),
					request.uri(), Unpooled.EMPTY_BUFFER, request.headers(), EmptyHttpHeaders.INSTANCE);
			context.pipeline().replace(this, "frames", this.frames);
			new WebSocketServerHandshaker13("ws://localhost/", null, false, MAX_FRAME).handshake(context.channel(),
					full);
		}
		ReferenceCountUtil.release(message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
