package dev.holdfast.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * One connection that sends requests and checks their replies. Confined to the event
 * loop.
 */
abstract class RequestHandler extends ChannelInboundHandlerAdapter {

	private final RequestPattern pattern;

	private final int connection;

	private int sent;

	private int received;

	private ByteBuf rest = Unpooled.EMPTY_BUFFER;

	final Traffic traffic;

	RequestHandler(RequestPattern pattern, int connection, Traffic traffic) {
		this.pattern = pattern;
		this.connection = connection;
		this.traffic = traffic;
	}

	/**
	 * Take replies.
	 * @param count how many came
	 */
	abstract void replied(int count);

	final void send(ChannelHandlerContext context, int count) {
		ByteBuf out = context.alloc().directBuffer(count * this.pattern.requestLength());
		for (int i = 0; i < count; i++) {
			this.pattern.write(out, this.connection, this.sent++);
		}
		this.traffic.sent += count;
		context.writeAndFlush(out, context.voidPromise());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf in = (ByteBuf) message;
		if (this.rest.isReadable()) {
			in = join(this.rest, in);
		}
		int count = in.readableBytes() / this.pattern.replyLength();
		for (int i = 0; i < count; i++) {
			check(in, i == 0);
			in.skipBytes(this.pattern.replyLength());
		}
		this.rest = in.isReadable() ? in : Unpooled.EMPTY_BUFFER;
		if (!in.isReadable()) {
			in.release();
		}
		this.traffic.received += count;
		replied(count);
	}

	private void check(ByteBuf in, boolean wholly) {
		int start = in.readerIndex();
		boolean right = wholly ? this.pattern.matchesWholly(in, start, this.connection, this.received)
				: this.pattern.matches(in, start, this.connection, this.received);
		this.received++;
		if (!right) {
			this.traffic.wrong++;
		}
	}

	private static ByteBuf join(ByteBuf first, ByteBuf second) {
		ByteBuf joined = first.alloc().directBuffer(first.readableBytes() + second.readableBytes());
		joined.writeBytes(first).writeBytes(second);
		first.release();
		second.release();
		return joined;
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.rest.release();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		System.err.println("Connection failed: " + cause);
		context.close();
	}

}
