package dev.holdfast.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

/**
 * Load in which connections are opened, answer one request and are reset; as many as the
 * depth of the plan are under way at once. Used once, by one thread.
 */
final class ConnectRate {

	private final Load load;

	private final Traffic traffic = new Traffic();

	private final RequestPattern pattern;

	private int next;

	ConnectRate(Load load) {
		this.load = load;
		this.pattern = load.plan().pattern();
	}

	LoadResult run() throws Exception {
		this.load.onLoop(() -> {
			for (int i = 0; i < this.load.plan().depth(); i++) {
				connect();
			}
		});
		LoadResult result = this.load.measure(this.traffic);
		this.load.onLoop(this.traffic::stop);
		long missing = this.load.drain(this.traffic);
		return result.with("wrong", this.traffic.wrong).with("missing", missing);
	}

	private void connect() {
		int index = this.next++;
		this.traffic.sent++;
		this.load.connect(index, new Handler(index)).addListener((connected) -> {
			if (!connected.isSuccess()) {
				this.traffic.wrong++;
				ended();
			}
		});
	}

	private void ended() {
		this.traffic.received++;
		if (this.traffic.running) {
			connect();
		}
	}

	/**
	 * One connection. Confined to the event loop.
	 */
	private final class Handler extends ChannelInboundHandlerAdapter {

		private final int connection;

		Handler(int connection) {
			this.connection = connection;
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(ConnectRate.this.pattern.requestLength());
			ConnectRate.this.pattern.write(out, this.connection, 0);
			context.writeAndFlush(out, context.voidPromise());
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ByteBuf in = (ByteBuf) message;
			if (in.readableBytes() != ConnectRate.this.pattern.replyLength()
					|| !ConnectRate.this.pattern.matchesWholly(in, in.readerIndex(), this.connection, 0)) {
				ConnectRate.this.traffic.wrong++;
			}
			in.release();
			context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			context.close();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			ended();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			ConnectRate.this.traffic.wrong++;
			context.close();
		}

	}

}
