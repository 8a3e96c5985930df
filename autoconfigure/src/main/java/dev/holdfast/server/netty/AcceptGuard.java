package dev.holdfast.server.netty;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Handler of a listening socket that delays accepting beyond a rate, and counts and logs
 * when the system has no descriptors left. Accepting then pauses for a second. Confined
 * to the event loop of the listening socket.
 */
final class AcceptGuard extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(AcceptGuard.class);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final String server;

	private final int rate;

	private final Runnable failed;

	private long windowBegan;

	private int accepted;

	private long logged;

	private boolean paused;

	private long resumeAt;

	/**
	 * Create a new {@link AcceptGuard}.
	 * @param server the name of the server
	 * @param rate the most connections in a second, 0 for no limit
	 * @param failed called for each failure
	 */
	AcceptGuard(String server, int rate, Runnable failed) {
		this.server = server;
		this.rate = rate;
		this.failed = failed;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		context.fireChannelRead(message);
		if (this.rate > 0) {
			limit(context, System.nanoTime());
		}
	}

	private void limit(ChannelHandlerContext context, long now) {
		if (this.accepted == 0 || now - this.windowBegan >= SECOND / 10) {
			this.windowBegan = now;
			this.accepted = 0;
		}
		this.accepted++;
		long early = this.windowBegan + this.accepted * SECOND / this.rate - now;
		if (early > TimeUnit.MILLISECONDS.toNanos(1)) {
			pause(context, now, early);
		}
	}

	private void pause(ChannelHandlerContext context, long now, long nanos) {
		if (!this.paused || now + nanos - this.resumeAt > 0) {
			this.resumeAt = now + nanos;
		}
		if (!this.paused) {
			this.paused = true;
			context.channel().config().setAutoRead(false);
			context.executor().schedule(() -> resume(context), nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void resume(ChannelHandlerContext context) {
		long early = this.resumeAt - System.nanoTime();
		if (early > 0) {
			context.executor().schedule(() -> resume(context), early, TimeUnit.NANOSECONDS);
		}
		else {
			this.paused = false;
			context.channel().config().setAutoRead(true);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.failed.run();
		long now = System.nanoTime();
		if (this.logged == 0 || now - this.logged >= SECOND) {
			this.logged = now;
			logger.warn("Server '%s' cannot accept connections for a second: %s".formatted(this.server, cause));
		}
		pause(context, now, SECOND);
	}

}
