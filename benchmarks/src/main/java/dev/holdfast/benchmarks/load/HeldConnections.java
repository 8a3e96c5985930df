package dev.holdfast.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are opened, used once, and kept. Confined to one thread.
 */
final class HeldConnections {

	private final Load load;

	private final Traffic traffic = new Traffic();

	private final List<Channel> channels = new ArrayList<>();

	HeldConnections(Load load) {
		this.load = load;
	}

	LoadResult open() throws Exception {
		RequestPattern pattern = this.load.plan().pattern();
		List<Handler> handlers = new ArrayList<>();
		this.channels.addAll(this.load.connect((index) -> {
			Handler handler = new Handler(pattern, index, this.traffic);
			handlers.add(handler);
			return handler;
		}));
		this.load.onLoop(() -> handlers.forEach(Handler::sendOnce));
		long missing = this.load.drain(this.traffic);
		return new LoadResult().with("connections", this.channels.size())
			.with("wrong", this.traffic.wrong)
			.with("missing", missing);
	}

	void close() throws Exception {
		this.load.close(this.channels);
	}

	/**
	 * One connection. Confined to the event loop.
	 */
	private static final class Handler extends RequestHandler {

		private @Nullable ChannelHandlerContext context;

		Handler(RequestPattern pattern, int connection, Traffic traffic) {
			super(pattern, connection, traffic);
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			this.context = context;
		}

		void sendOnce() {
			if (this.context != null) {
				send(this.context, 1);
			}
		}

		@Override
		void replied(int count) {
		}

	}

}
