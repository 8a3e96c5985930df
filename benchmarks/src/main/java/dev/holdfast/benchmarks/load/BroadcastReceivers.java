package dev.holdfast.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Load of connections that receive what the server pushes to all of them. The first
 * connection asks for a push, and again as soon as every connection has got the last one,
 * so that the server never idles and nothing piles up. Used once, by one thread.
 */
final class BroadcastReceivers {

	private static final byte[] REQUEST = "push\n".getBytes(StandardCharsets.US_ASCII);

	private final Load load;

	private final Traffic traffic = new Traffic();

	BroadcastReceivers(Load load) {
		this.load = load;
	}

	LoadResult run() throws Exception {
		LoadPlan plan = this.load.plan();
		int frame = plan.size() + 1;
		Handler handler = new Handler((long) plan.connections() * frame, frame);
		List<Channel> channels = this.load.connect((index) -> handler);
		Load.sleep(0.5);
		this.load.onLoop(() -> handler.begin(channels.get(0)));
		LoadResult result = this.load.measure(this.traffic);
		this.load.onLoop(this.traffic::stop);
		long missing = this.load.drain(this.traffic);
		this.load.close(channels);
		return result.with("wrong", this.traffic.wrong).with("missing", missing);
	}

	/**
	 * All connections. Confined to the event loop.
	 */
	@Sharable
	private final class Handler extends ChannelInboundHandlerAdapter {

		private final long bytesPerPush;

		private final int frame;

		private @Nullable Channel first;

		private long bytes;

		Handler(long bytesPerPush, int frame) {
			this.bytesPerPush = bytesPerPush;
			this.frame = frame;
		}

		void begin(Channel first) {
			this.first = first;
			request();
		}

		private void request() {
			BroadcastReceivers.this.traffic.sent += this.bytesPerPush / this.frame;
			if (this.first != null) {
				this.first.writeAndFlush(Unpooled.wrappedBuffer(REQUEST), this.first.voidPromise());
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ByteBuf in = (ByteBuf) message;
			int length = in.readableBytes();
			if (length != this.frame || in.getByte(in.writerIndex() - 1) != '\n') {
				BroadcastReceivers.this.traffic.wrong++;
			}
			in.release();
			this.bytes += length;
			BroadcastReceivers.this.traffic.received += length / this.frame;
			if (this.bytes >= this.bytesPerPush) {
				this.bytes -= this.bytesPerPush;
				if (BroadcastReceivers.this.traffic.running) {
					request();
				}
			}
		}

	}

}
