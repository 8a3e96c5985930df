package dev.holdfast.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Load in which each reply triggers the next request. Used once, by one thread.
 */
final class ClosedLoop {

	private final Load load;

	private final Traffic traffic = new Traffic();

	private final List<Handler> handlers = new ArrayList<>();

	ClosedLoop(Load load) {
		this.load = load;
	}

	LoadResult run() throws Exception {
		LoadPlan plan = this.load.plan();
		RequestPattern pattern = plan.pattern();
		List<Channel> channels = this.load.connect((index) -> {
			Handler handler = new Handler(pattern, index, this.traffic);
			this.handlers.add(handler);
			return handler;
		});
		this.load.onLoop(() -> this.handlers.forEach((handler) -> handler.start(plan.depth())));
		LoadResult result = this.load.measure(this.traffic);
		this.load.onLoop(this.traffic::stop);
		long missing = this.load.drain(this.traffic);
		this.load.close(channels);
		return result.with("wrong", this.traffic.wrong).with("missing", missing);
	}

	/**
	 * One connection. Confined to the event loop.
	 */
	private static final class Handler extends RequestHandler {

		private @Nullable ChannelHandlerContext context;

		private int due;

		Handler(RequestPattern pattern, int connection, Traffic traffic) {
			super(pattern, connection, traffic);
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			this.context = context;
		}

		void start(int depth) {
			if (this.context != null) {
				send(this.context, depth);
			}
		}

		@Override
		void replied(int count) {
			this.due += count;
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			if (this.due > 0 && this.traffic.running) {
				send(context, this.due);
			}
			this.due = 0;
		}

	}

}
