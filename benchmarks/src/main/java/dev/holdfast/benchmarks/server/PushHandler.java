package dev.holdfast.benchmarks.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Pushes a message to all connections when one asks for it, from a thread that is no
 * event loop, as an application does. Thread-safe.
 */
@Sharable
abstract class PushHandler extends ChannelInboundHandlerAdapter {

	private static final int SIZE = 128;

	private final ExecutorService application = Executors.newSingleThreadExecutor();

	abstract void add(Channel channel);

	/**
	 * Push a message to all connections.
	 * @param message the message, whose reference is taken over
	 */
	abstract void push(ByteBuf message);

	@Override
	public void channelActive(ChannelHandlerContext context) {
		add(context.channel());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		((ByteBuf) message).release();
		this.application.execute(() -> {
			ByteBuf frame = Unpooled.directBuffer(SIZE + 1);
			ByteBufUtil.writeUtf8(frame, "p".repeat(SIZE));
			push(frame.writeByte('\n'));
		});
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
