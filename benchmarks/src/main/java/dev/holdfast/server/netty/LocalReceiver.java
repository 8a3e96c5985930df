package dev.holdfast.server.netty;

import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Counts what all clients receive. Thread-safe.
 */
@Sharable
final class LocalReceiver extends ChannelInboundHandlerAdapter {

	private final AtomicLong received = new AtomicLong();

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ReferenceCountUtil.release(message);
		this.received.lazySet(this.received.get() + 1);
	}

	/**
	 * Wait for messages.
	 * @param count how many are to come in all
	 * @throws InterruptedException if the thread is interrupted
	 */
	void await(long count) throws InterruptedException {
		long deadline = System.nanoTime() + 60_000_000_000L;
		while (this.received.get() < count) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("%d of %d messages came".formatted(this.received.get(), count));
			}
			Thread.sleep(1);
		}
	}

	long received() {
		return this.received.get();
	}

}
