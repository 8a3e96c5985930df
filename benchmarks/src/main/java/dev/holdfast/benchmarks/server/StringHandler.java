package dev.holdfast.benchmarks.server;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Makes a {@code String} of each line, writes it back, and flushes once per read.
 * Thread-safe.
 */
@Sharable
public class StringHandler extends ChannelInboundHandlerAdapter {

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf in = (ByteBuf) message;
		String line = in.toString(StandardCharsets.UTF_8);
		in.release();
		String reply = handle(line);
		ByteBuf out = context.alloc().buffer(ByteBufUtil.utf8MaxBytes(reply) + 1);
		ByteBufUtil.writeUtf8(out, reply);
		out.writeByte('\n');
		context.write(out, context.voidPromise());
	}

	/**
	 * Answer a line.
	 * @param line the line
	 * @return the reply
	 */
	protected String handle(String line) {
		return line;
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
