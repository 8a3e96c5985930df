package dev.holdfast.sample.world;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Lets answers gather while many are awaited. PostgreSQL sends each by itself, and each
 * would wake the event loop; so it leaves them in the socket for a moment, and reads them
 * all at once. Confined to the connection's event loop.
 */
final class AnswerGathering extends ChannelInboundHandlerAdapter {

	/**
	 * So many queries keep the database busy for about as long as the pause lasts.
	 */
	static final int LEAST_PENDING = 64;

	static final long PAUSE_MICROS = 1000;

	private final CallerLoops loops;

	private boolean pausing;

	AnswerGathering(CallerLoops loops) {
		this.loops = loops;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.fireChannelReadComplete();
		CallerLoop loop = this.loops.current();
		if (loop != null && loop.pending() >= LEAST_PENDING && !this.pausing
				&& context.channel().config().isAutoRead()) {
			this.pausing = true;
			context.channel().config().setAutoRead(false);
			context.executor().schedule(() -> resume(context), PAUSE_MICROS, TimeUnit.MICROSECONDS);
		}
	}

	private void resume(ChannelHandlerContext context) {
		this.pausing = false;
		context.channel().config().setAutoRead(true);
	}

}
