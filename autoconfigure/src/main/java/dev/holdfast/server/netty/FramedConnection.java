package dev.holdfast.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.Frame;
import dev.holdfast.codec.FrameTooLargeException;
import dev.holdfast.codec.Framing;
import dev.holdfast.codec.FramingException;
import dev.holdfast.connection.CloseReason;

/**
 * A connection whose messages are cut from a stream of bytes by a {@link Framing}. All
 * frames of a read are handled before their replies are flushed once. Confined to the
 * connection's event loop, but for the methods of
 * {@link dev.holdfast.connection.SocketConnection}.
 */
final class FramedConnection extends NettyConnection {

	private static final int PAUSED_BY_USER = 1;

	private static final int PAUSED_BY_OUTBOUND = 2;

	private static final int MIN_CUMULATION = 256;

	private @Nullable ByteBuf cumulation;

	private int scanned;

	private int frameDue;

	private int paused;

	private boolean decoding;

	private long batchBegan;

	private int batchHandled;

	private long messagesReceived;

	private long bytesReceived;

	FramedConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf in) || state() != ConnectionState.OPEN) {
			ReferenceCountUtil.release(message);
			return;
		}
		int bytes = in.readableBytes();
		this.bytesReceived += bytes;
		this.home.counters.bytesReceived += bytes;
		beginBatch();
		read(LoopClock.tick(this.batchBegan));
		this.cumulation = (this.cumulation != null) ? append(this.cumulation, in) : in;
		decode();
	}

	private void beginBatch() {
		if (this.batchBegan == 0) {
			this.batchBegan = System.nanoTime();
			beginReading();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		endBatch();
	}

	private void endBatch() {
		if (this.batchBegan != 0) {
			if (this.batchHandled > 0) {
				this.home.counters.handled(this.batchHandled, System.nanoTime() - this.batchBegan);
				this.batchHandled = 0;
			}
			this.batchBegan = 0;
			endReading();
		}
	}

	private static ByteBuf append(ByteBuf cumulation, ByteBuf in) {
		try {
			ByteBuf target = (cumulation.refCnt() == 1) ? cumulation : copy(cumulation);
			if (target.writableBytes() < in.readableBytes()) {
				target.discardReadBytes();
			}
			return target.writeBytes(in);
		}
		finally {
			in.release();
		}
	}

	private static ByteBuf copy(ByteBuf buffer) {
		try {
			return buffer.alloc().directBuffer(Math.max(buffer.readableBytes() * 2, MIN_CUMULATION)).writeBytes(buffer);
		}
		finally {
			buffer.release();
		}
	}

	private void decode() {
		this.decoding = true;
		try {
			boolean found = true;
			while (found && this.paused == 0 && this.cumulation != null && state() == ConnectionState.OPEN) {
				found = decodeNext(this.cumulation);
			}
		}
		catch (FrameTooLargeException ex) {
			close(CloseReason.FRAME_TOO_LARGE);
		}
		catch (FramingException ex) {
			close(CloseReason.BAD_FRAME);
		}
		finally {
			this.decoding = false;
			this.home.loop.context.clear();
			keepRest();
		}
	}

	private boolean decodeNext(ByteBuf in) {
		Frame frame = this.home.loop.frame;
		if (!in.isReadable()) {
			return false;
		}
		frame.reset(this.scanned);
		boolean found = this.home.framing.next(in, frame);
		this.scanned = frame.scanned();
		if (found) {
			this.frameDue = 0;
			int end = frame.end();
			handle(in, frame.offset(), frame.length());
			in.readerIndex(end);
		}
		else if (this.frameDue == 0 && this.home.frameTicks > 0) {
			this.frameDue = LoopClock.tick(this.batchBegan) + this.home.frameTicks;
			due(this.frameDue);
		}
		return found;
	}

	private void handle(ByteBuf in, int offset, int length) {
		this.messagesReceived++;
		this.home.counters.messagesReceived++;
		this.home.loop.context.reset(this, in, offset, length);
		this.home.handlers.message(this.home.loop.context);
		this.batchHandled++;
		if (!this.channel.isWritable()) {
			pause(PAUSED_BY_OUTBOUND);
		}
	}

	private void keepRest() {
		ByteBuf rest = this.cumulation;
		if (rest == null) {
			return;
		}
		if (!rest.isReadable() || state() != ConnectionState.OPEN) {
			this.cumulation = null;
			this.scanned = 0;
			rest.release();
		}
		else if (rest.readableBytes() < rest.capacity() / 2) {
			this.cumulation = copy(rest);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (this.channel.isWritable()) {
			resume(PAUSED_BY_OUTBOUND);
			if (state() == ConnectionState.OPEN && this.home.handlers.hasWritable()) {
				this.home.handlers.writable(this);
			}
		}
	}

	@Override
	public void pauseReading() {
		if (this.channel.eventLoop().inEventLoop()) {
			pause(PAUSED_BY_USER);
		}
		else {
			this.channel.eventLoop().execute(() -> pause(PAUSED_BY_USER));
		}
	}

	@Override
	public void resumeReading() {
		if (this.channel.eventLoop().inEventLoop()) {
			resume(PAUSED_BY_USER);
		}
		else {
			this.channel.eventLoop().execute(() -> resume(PAUSED_BY_USER));
		}
	}

	private void pause(int why) {
		this.paused |= why;
		this.channel.config().setAutoRead(state() != ConnectionState.OPEN);
	}

	private void resume(int why) {
		if ((this.paused & why) != 0) {
			this.paused &= ~why;
			this.channel.eventLoop().execute(this::readIfAllowed);
		}
	}

	@Override
	void readIfAllowed() {
		if (this.paused != 0 || state() != ConnectionState.OPEN) {
			return;
		}
		if (this.cumulation != null) {
			beginBatch();
			decode();
			endBatch();
		}
		if (this.paused == 0) {
			this.channel.config().setAutoRead(true);
			inputEnded();
		}
	}

	@Override
	boolean isInputHandled() {
		return this.paused == 0 || this.cumulation == null;
	}

	@Override
	void sweepInput(int now) {
		if (this.frameDue != 0) {
			if (this.paused != 0) {
				this.frameDue = now + this.home.frameTicks;
				due(this.frameDue);
			}
			else if (now >= this.frameDue) {
				close(CloseReason.FRAME_TIMEOUT);
			}
			else {
				due(this.frameDue);
			}
		}
	}

	@Override
	void discardInput() {
		ByteBuf rest = this.cumulation;
		if (rest != null && !this.decoding) {
			this.cumulation = null;
			rest.release();
		}
	}

	@Override
	void encode(Object message, ByteBuf out) throws Exception {
		int start = out.writerIndex();
		try {
			out.writeZero(this.home.framing.headerLength());
			this.home.converter.encode(message, out);
			this.home.framing.complete(out, start);
		}
		catch (Throwable ex) {
			out.writerIndex(start);
			throw ex;
		}
	}

	@Override
	public long messagesReceived() {
		return this.messagesReceived;
	}

	@Override
	public long bytesReceived() {
		return this.bytesReceived;
	}

}
