package dev.holdfast.benchmarks.server;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes a {@code String} of each text frame, writes it back, and flushes once per read.
 * Thread-safe.
 */
@Sharable
final class TextFrameHandler extends ChannelInboundHandlerAdapter {

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof TextWebSocketFrame frame)) {
			ReferenceCountUtil.release(message);
			return;
		}
		String text = frame.content().toString(StandardCharsets.UTF_8);
		frame.release();
		ByteBuf out = context.alloc().buffer(ByteBufUtil.utf8MaxBytes(text));
		ByteBufUtil.writeUtf8(out, text);
		context.write(new TextWebSocketFrame(out), context.voidPromise());
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.flush();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
