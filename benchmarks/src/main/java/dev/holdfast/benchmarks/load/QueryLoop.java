package dev.holdfast.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.LineBasedFrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Load in which each row of a database triggers the next query. Used once, by one thread.
 */
final class QueryLoop {

	private static final byte[] REQUEST = "db\n".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] REPLY = "{\"id\":".getBytes(StandardCharsets.US_ASCII);

	private static final int MAX_LINE = 1024;

	private final Load load;

	private final Traffic traffic = new Traffic();

	private final List<Handler> handlers = new ArrayList<>();

	QueryLoop(Load load) {
		this.load = load;
	}

	LoadResult run() throws Exception {
		List<Channel> channels = this.load.connect((index) -> {
			Handler handler = new Handler(this.traffic);
			this.handlers.add(handler);
			return handler;
		});
		int depth = this.load.plan().depth();
		this.load.onLoop(() -> this.handlers.forEach((handler) -> handler.start(depth)));
		LoadResult result = this.load.measure(this.traffic);
		this.load.onLoop(this.traffic::stop);
		long missing = this.load.drain(this.traffic);
		this.load.close(channels);
		return result.with("wrong", this.traffic.wrong).with("missing", missing);
	}

	/**
	 * One connection. Confined to the event loop.
	 */
	private static final class Handler extends ChannelInboundHandlerAdapter {

		private final Traffic traffic;

		private @Nullable ChannelHandlerContext context;

		private int due;

		Handler(Traffic traffic) {
			this.traffic = traffic;
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			context.pipeline().addFirst(new LineBasedFrameDecoder(MAX_LINE));
			this.context = context;
		}

		void start(int depth) {
			if (this.context != null) {
				send(this.context, depth);
			}
		}

		private void send(ChannelHandlerContext context, int count) {
			ByteBuf out = context.alloc().directBuffer(count * REQUEST.length);
			for (int i = 0; i < count; i++) {
				out.writeBytes(REQUEST);
			}
			this.traffic.sent += count;
			context.writeAndFlush(out, context.voidPromise());
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ByteBuf line = (ByteBuf) message;
			if (!isRow(line)) {
				this.traffic.wrong++;
			}
			line.release();
			this.traffic.received++;
			this.due++;
		}

		private static boolean isRow(ByteBuf line) {
			if (line.readableBytes() < REPLY.length) {
				return false;
			}
			for (int i = 0; i < REPLY.length; i++) {
				if (line.getByte(line.readerIndex() + i) != REPLY[i]) {
					return false;
				}
			}
			return true;
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			if (this.due > 0 && this.traffic.running) {
				send(context, this.due);
			}
			this.due = 0;
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			System.err.println("Connection failed: " + cause);
			context.close();
		}

	}

}
