package dev.holdfast.server.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionClosedException;
import dev.holdfast.connection.OverflowException;
import dev.holdfast.handler.HandlerTarget;

/**
 * The part of a connection that sends. What a loop writes while it reads from the
 * connection is gathered in one buffer and flushed once; what other threads send is
 * encoded there, charged to the outbound budget and handed to the loop in order.
 * Thread-safe, where {@link dev.holdfast.connection.SocketConnection} says so.
 */
abstract class OutboundConnection extends MemberConnection implements HandlerTarget {

	private static final AtomicIntegerFieldUpdater<OutboundConnection> QUEUED = AtomicIntegerFieldUpdater
		.newUpdater(OutboundConnection.class, "queued");

	private static final int MAX_BATCH = 64 * 1024;

	private static final int INITIAL_BATCH = 512;

	final Channel channel;

	final ServerLoop home;

	private volatile ConnectionState state = ConnectionState.NEW;

	private volatile int queued;

	private @Nullable ByteBuf batch;

	private boolean unflushed;

	private boolean flushScheduled;

	private boolean reading;

	private long messagesSent;

	private long bytesSent;

	OutboundConnection(Channel channel, ServerLoop home) {
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

	final ConnectionState state() {
		return this.state;
	}

	final void state(ConnectionState state) {
		this.state = state;
	}

	final void beginReading() {
		this.reading = true;
	}

	final void endReading() {
		this.reading = false;
		flush();
	}

	@Override
	public final void reply(Object message) throws Exception {
		try {
			if (this.state == ConnectionState.OPEN) {
				append(message);
				flushLater();
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private void append(Object message) throws Exception {
		ByteBuf out = this.batch;
		if (out == null) {
			out = this.channel.alloc().directBuffer(INITIAL_BATCH);
			this.batch = out;
		}
		int start = out.writerIndex();
		encode(message, out);
		sent(out.writerIndex() - start);
		if (out.readableBytes() >= MAX_BATCH) {
			writeBatch();
		}
	}

	private void sent(int bytes) {
		this.messagesSent++;
		this.bytesSent += bytes;
		this.home.counters.messagesSent++;
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
			this.batch = null;
			this.unflushed = false;
			this.channel.writeAndFlush(out, this.channel.voidPromise());
		}
		else if (this.unflushed) {
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

	final void flushLater() {
		if (!this.flushScheduled && !this.reading) {
			this.flushScheduled = true;
			this.home.loop.flushLater((NettyConnection) this);
		}
	}

	final void flushScheduled() {
		this.flushScheduled = false;
		flush();
	}

	@Override
	public boolean send(Object message) {
		try {
			if (this.state != ConnectionState.OPEN) {
				return false;
			}
			return this.channel.eventLoop().inEventLoop() ? sendOnLoop(message) : sendToLoop(message, null);
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private boolean sendOnLoop(Object message) {
		if (pendingBytes() >= this.home.maxPending) {
			overflow(1);
			return false;
		}
		try {
			append(message);
		}
		catch (Exception ex) {
			throw unchecked(ex);
		}
		flushLater();
		return true;
	}

	private boolean sendToLoop(Object message, @Nullable CompletableFuture<Void> future) {
		ByteBuf frame = encode(message);
		boolean taken = reserve(frame.readableBytes()) && hand(frame, future);
		if (!taken) {
			frame.release();
		}
		return taken;
	}

	private boolean hand(ByteBuf frame, @Nullable CompletableFuture<Void> future) {
		EventLoop eventLoop = this.channel.eventLoop();
		if (eventLoop.inEventLoop()) {
			writeQueued(frame, future);
			return true;
		}
		try {
			eventLoop.execute(() -> writeQueued(frame, future));
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/**
	 * Charge bytes that are on their way to the loop to the outbound budget.
	 * @param bytes the number of bytes
	 * @return whether the budget has room for them and the connection is open
	 */
	final boolean reserve(int bytes) {
		if (this.state != ConnectionState.OPEN) {
			return false;
		}
		if (pendingBytes() >= this.home.maxPending) {
			this.channel.eventLoop().execute(() -> overflow(1));
			return false;
		}
		QUEUED.addAndGet(this, bytes);
		return true;
	}

	/**
	 * Give back what was charged and not handed to the loop.
	 * @param bytes the number of bytes
	 */
	final void unreserve(int bytes) {
		QUEUED.addAndGet(this, -bytes);
	}

	final void writeQueued(ByteBuf frame, @Nullable CompletableFuture<Void> future) {
		int bytes = frame.readableBytes();
		unreserve(bytes);
		if (!takesQueued()) {
			frame.release();
			if (future != null) {
				future.completeExceptionally(new ConnectionClosedException(id()));
			}
			return;
		}
		sent(bytes);
		writeBatch();
		write(frame, (future != null) ? promise(future) : this.channel.voidPromise());
		flushLater();
	}

	/**
	 * Write a frame that many connections get and flush at once. Its bytes were reserved.
	 * @param frame the frame, whose indexes and reference stay as they are
	 */
	final void writeShared(ByteBuf frame) {
		int bytes = frame.readableBytes();
		unreserve(bytes);
		if (takesQueued()) {
			sent(bytes);
			writeBatch();
			this.unflushed = false;
			this.channel.writeAndFlush(frame.retainedDuplicate(), this.channel.voidPromise());
		}
	}

	private boolean takesQueued() {
		return this.state == ConnectionState.OPEN || this.state == ConnectionState.CLOSING;
	}

	/**
	 * Whether something is on its way to the loop that was taken before the connection
	 * was closed.
	 * @return whether there is more to write
	 */
	final boolean hasQueued() {
		return this.queued > 0;
	}

	private ChannelPromise promise(CompletableFuture<Void> future) {
		ChannelPromise promise = this.channel.newPromise();
		promise.addListener((written) -> {
			if (written.isSuccess()) {
				future.complete(null);
			}
			else {
				future.completeExceptionally(new ConnectionClosedException(id()));
			}
		});
		return promise;
	}

	@Override
	public CompletableFuture<Void> sendAsync(Object message) {
		CompletableFuture<Void> future = new CompletableFuture<>();
		try {
			if (this.state != ConnectionState.OPEN) {
				future.completeExceptionally(new ConnectionClosedException(id()));
			}
			else if (!sendToLoop(message, future)) {
				future.completeExceptionally(new OverflowException(id(), pendingBytes()));
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
		return future;
	}

	private void overflow(int messages) {
		this.home.counters.messagesDropped += messages;
		if (this.home.closeOnOverflow) {
			close(CloseReason.SLOW_CONSUMER);
		}
	}

	private static RuntimeException unchecked(Exception ex) {
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

	@Override
	public long pendingBytes() {
		ChannelOutboundBuffer outbound = this.channel.unsafe().outboundBuffer();
		return this.queued + ((outbound != null) ? outbound.totalPendingWriteBytes() : 0);
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
