package dev.holdfast.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.handler.HandlerTarget;

/**
 * The part of a connection that writes. What a loop writes while it reads from the
 * connection is gathered in one buffer and flushed once. Confined to the connection's
 * event loop, but for {@link #encode(Object)} and the methods of
 * {@link dev.holdfast.connection.SocketConnection}.
 */
abstract class WritingConnection extends MemberConnection implements HandlerTarget {

	private static final int MAX_BATCH = 64 * 1024;

	private static final int MAX_COPY = 1024;

	private static final int INITIAL_BATCH = 512;

	final Channel channel;

	final ServerLoop home;

	private volatile ConnectionState state = ConnectionState.NEW;

	private @Nullable ByteBuf batch;

	private int lastWrite;

	private boolean unflushed;

	private boolean flushScheduled;

	private long messagesSent;

	private long bytesSent;

	WritingConnection(Channel channel, ServerLoop home) {
		this.channel = channel;
		this.home = home;
	}

	/**
	 * Append a framed message to a buffer, or leave the buffer as it was.
	 * @param message the message
	 * @param out the buffer
	 * @throws Exception if the message cannot be encoded or framed
	 */
	abstract void encode(Object message, ByteBuf out) throws Exception;

	/**
	 * Encode and frame a message.
	 * @param message the message, which keeps its reference
	 * @return a buffer that belongs to the caller
	 */
	final ByteBuf encode(Object message) {
		ByteBuf frame = this.channel.alloc().directBuffer(INITIAL_BATCH);
		try {
			encode(message, frame);
			return frame;
		}
		catch (Exception ex) {
			frame.release();
			throw unchecked(ex);
		}
	}

	/**
	 * Encode and frame a message that other connections of the server get too.
	 * @param message the message, which keeps its reference
	 * @return a buffer that belongs to the caller
	 */
	ByteBuf encodeShared(Object message) {
		return encode(message);
	}

	final ConnectionState state() {
		return this.state;
	}

	final void state(ConnectionState state) {
		this.state = state;
	}

	/**
	 * Append a message to the batch, which is flushed later.
	 * @param message the message, which keeps its reference
	 * @throws Exception if it cannot be encoded or framed
	 */
	final void append(Object message) throws Exception {
		ByteBuf out = batch();
		int start = out.writerIndex();
		encode(message, out);
		sent(1, out.writerIndex() - start);
	}

	private ByteBuf batch() {
		ByteBuf out = this.batch;
		if (out != null && out.readableBytes() >= MAX_BATCH) {
			writeBatch();
			out = null;
		}
		if (out == null) {
			out = this.channel.alloc().directBuffer(INITIAL_BATCH);
			this.batch = out;
		}
		return out;
	}

	private void sent(int count, int bytes) {
		this.messagesSent += count;
		this.bytesSent += bytes;
		this.home.counters.messagesSent += count;
		this.home.counters.bytesSent += bytes;
	}

	private void writeBatch() {
		ByteBuf out = this.batch;
		if (out != null) {
			this.batch = null;
			write(out, this.channel.voidPromise());
		}
	}

	private void write(ByteBuf out, ChannelPromise promise) {
		this.unflushed = true;
		this.channel.write(out, promise);
	}

	/**
	 * Hand everything to the kernel that it takes now.
	 */
	final void flush() {
		ByteBuf out = this.batch;
		if (out != null) {
			this.lastWrite = this.home.loop.tick();
			this.batch = null;
			this.unflushed = false;
			writeNow(out);
		}
		else if (this.unflushed) {
			this.lastWrite = this.home.loop.tick();
			this.unflushed = false;
			this.channel.flush();
		}
	}

	/**
	 * Hand everything to the kernel and tell when it has taken all of it.
	 * @param promise completes then
	 */
	final void flush(ChannelPromise promise) {
		writeBatch();
		this.unflushed = false;
		this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER, promise);
	}

	private void writeNow(ByteBuf out) {
		int written = EpollWrites.write(this.channel, self(), out);
		if (written == out.readableBytes()) {
			out.release();
		}
		else {
			this.channel.writeAndFlush(out.skipBytes(written), this.channel.voidPromise());
		}
	}

	final void flushLater() {
		if (!this.flushScheduled && !this.home.loop.isReading(this)) {
			this.flushScheduled = true;
			this.home.loop.flushLater((NettyConnection) this);
		}
	}

	/**
	 * Flush as was asked for.
	 * @return whether there was something to flush
	 */
	final boolean flushScheduled() {
		this.flushScheduled = false;
		boolean needed = this.batch != null || this.unflushed;
		flush();
		return needed;
	}

	/**
	 * Note that the flush that was asked for comes later.
	 */
	final void flushHeld() {
		this.flushScheduled = false;
	}

	/**
	 * Write frames that are not charged to the outbound budget and flush them later.
	 * @param frames the frames, whose reference is taken over
	 * @param count how many messages they are
	 */
	final void write(ByteBuf frames, int count) {
		sent(count, frames.readableBytes());
		ByteBuf batch = this.batch;
		if (batch != null && frames.readableBytes() <= MAX_COPY) {
			batch.writeBytes(frames);
			frames.release();
		}
		else {
			writeBatch();
			this.batch = frames;
		}
		flushLater();
	}

	/**
	 * Write frames and flush them later.
	 * @param frames the frames, whose reference is taken over
	 * @param count how many messages they are
	 * @param promise completes when the kernel took them
	 */
	final void write(ByteBuf frames, int count, ChannelPromise promise) {
		sent(count, frames.readableBytes());
		writeBatch();
		write(frames, promise);
		flushLater();
	}

	/**
	 * Write a frame and flush it at once.
	 * @param frame the frame, whose indexes and reference stay as they are
	 */
	final void writeAtOnce(ByteBuf frame) {
		sent(1, frame.readableBytes());
		int written = (this.batch == null) ? EpollWrites.write(this.channel, self(), frame) : 0;
		if (written < frame.readableBytes()) {
			writeUncounted(frame.retainedDuplicate().skipBytes(written));
		}
		else {
			this.lastWrite = this.home.loop.tick();
		}
	}

	/**
	 * Write something that is no message and flush it at once.
	 * @param message what to write, whose reference is taken over
	 */
	final void writeUncounted(Object message) {
		writeBatch();
		this.unflushed = false;
		this.lastWrite = this.home.loop.tick();
		this.channel.writeAndFlush(message, this.channel.voidPromise());
	}

	/**
	 * Return the batch, to append something that is no message. It is flushed later.
	 * @return the buffer
	 */
	final ByteBuf uncountedBatch() {
		flushLater();
		return batch();
	}

	final int lastWrite() {
		return this.lastWrite;
	}

	/**
	 * Return the number of bytes that are gathered and not written yet. About right for
	 * other threads than the loop.
	 * @return the number of bytes
	 */
	final int batchBytes() {
		ByteBuf batch = this.batch;
		return (batch != null) ? batch.readableBytes() : 0;
	}

	/**
	 * Whether all that is to be flushed is in one batch.
	 * @param max how large the batch may be
	 * @return whether there is nothing else and the batch is smaller
	 */
	final boolean isBatch(int max) {
		return this.batch != null && this.batch.readableBytes() < max && !this.unflushed;
	}

	static RuntimeException unchecked(Exception ex) {
		return (ex instanceof RuntimeException unchecked) ? unchecked
				: new IllegalArgumentException("Message cannot be encoded", ex);
	}

	final void releaseOutbound() {
		ByteBuf out = this.batch;
		this.batch = null;
		ReferenceCountUtil.release(out);
	}

	@Override
	public boolean isOpen() {
		return this.state == ConnectionState.OPEN;
	}

	@Override
	public boolean isWritable() {
		return this.state == ConnectionState.OPEN && this.channel.isWritable();
	}

	/**
	 * Return the number of bytes that the kernel has not taken yet, where
	 * {@link #pendingBytes()} counts a buffer until all of it is taken. Called on the
	 * loop.
	 * @return the number of bytes
	 */
	final long unsentBytes() {
		ChannelOutboundBuffer outbound = this.channel.unsafe().outboundBuffer();
		return (outbound != null) ? outbound.totalPendingWriteBytes() - outbound.currentProgress() : 0;
	}

	@Override
	public long messagesSent() {
		return this.messagesSent;
	}

	@Override
	public long bytesSent() {
		return this.bytesSent;
	}

}
