package dev.holdfast.sample.world;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

import dev.holdfast.server.netty.ChannelPipelineCustomizer;

/**
 * Knows the event loop of a thread that handlers run on, so that a client of a database
 * can live there too. Thread-safe.
 */
@Component
@Profile("postgres")
class CallerLoops implements ChannelPipelineCustomizer {

	private final FastThreadLocal<CallerLoop> loops = new FastThreadLocal<>();

	@Override
	public void customize(ChannelPipeline pipeline) {
		if (!this.loops.isSet()) {
			this.loops.set(new CallerLoop(pipeline.channel().eventLoop()));
		}
	}

	/**
	 * Return the event loop that the calling thread is.
	 * @return the loop, or {@code null} on a thread that runs no handlers
	 */
	@Nullable CallerLoop current() {
		return this.loops.getIfExists();
	}

	/**
	 * Put these loops in front of others.
	 * @param others what threads that handle nothing get
	 * @return a group whose next loop is that of the calling thread
	 */
	EventLoopGroup before(EventLoopGroup others) {
		return new Group(others);
	}

	/**
	 * A group that ends only the loops that are its own. Thread-safe.
	 */
	private final class Group extends AbstractEventExecutorGroup implements EventLoopGroup {

		private final EventLoopGroup others;

		Group(EventLoopGroup others) {
			this.others = others;
		}

		@Override
		public EventLoop next() {
			CallerLoop loop = current();
			return (loop != null) ? loop.eventLoop() : this.others.next();
		}

		@Override
		public ChannelFuture register(Channel channel) {
			return next().register(channel);
		}

		@Override
		public ChannelFuture register(ChannelPromise promise) {
			return next().register(promise);
		}

		@Override
		@Deprecated
		public ChannelFuture register(Channel channel, ChannelPromise promise) {
			return next().register(channel, promise);
		}

		@Override
		public Iterator<EventExecutor> iterator() {
			List<EventExecutor> all = new ArrayList<>();
			this.others.forEach(all::add);
			return all.iterator();
		}

		@Override
		public boolean isShuttingDown() {
			return this.others.isShuttingDown();
		}

		@Override
		public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
			return this.others.shutdownGracefully(quietPeriod, timeout, unit);
		}

		@Override
		public Future<?> terminationFuture() {
			return this.others.terminationFuture();
		}

		@Override
		@Deprecated
		public void shutdown() {
			this.others.shutdownGracefully();
		}

		@Override
		public boolean isShutdown() {
			return this.others.isShutdown();
		}

		@Override
		public boolean isTerminated() {
			return this.others.isTerminated();
		}

		@Override
		public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
			return this.others.awaitTermination(timeout, unit);
		}

	}

}
