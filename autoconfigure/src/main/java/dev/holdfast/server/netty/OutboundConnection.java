package dev.holdfast.server.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionClosedException;
import dev.holdfast.connection.OverflowException;

/**
 * The part of a connection that sends. What other threads send is encoded there, charged
 * to the outbound budget and handed to the loop in order. Thread-safe, where
 * {@link dev.holdfast.connection.SocketConnection} says so.
 */
abstract class OutboundConnection extends WritingConnection {

	private static final AtomicIntegerFieldUpdater<OutboundConnection> QUEUED = AtomicIntegerFieldUpdater
		.newUpdater(OutboundConnection.class, "queued");

	private volatile int queued;

	private volatile boolean overflowed;

	OutboundConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	@Override
	public boolean send(Object message) {
		try {
			if (state() != ConnectionState.OPEN) {
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
			overflow();
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
		if (state() != ConnectionState.OPEN) {
			return false;
		}
		if (pendingBytes() >= this.home.maxPending) {
			overflow();
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
		if (future == null) {
			writeFrame(frame);
			return;
		}
		writeFrame(frame, WrittenFuture.promise(self(), future));
	}

	/**
	 * Write a frame that many connections get and flush at once. Its bytes were reserved.
	 * @param frame the frame, whose indexes and reference stay as they are
	 */
	final void writeShared(ByteBuf frame) {
		int bytes = frame.readableBytes();
		unreserve(bytes);
		if (takesQueued()) {
			writeAtOnce(frame);
		}
	}

	private boolean takesQueued() {
		return state() == ConnectionState.OPEN || state() == ConnectionState.CLOSING;
	}

	/**
	 * Whether something is on its way to the loop that was taken before the connection
	 * was closed.
	 * @return whether there is more to write
	 */
	final boolean hasQueued() {
		return this.queued > 0;
	}

	@Override
	public CompletableFuture<Void> sendAsync(Object message) {
		CompletableFuture<Void> future = new CompletableFuture<>();
		try {
			if (state() != ConnectionState.OPEN) {
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

	private void overflow() {
		this.home.counters.messagesDropped.increment();
		if (this.home.closeOnOverflow && !this.overflowed) {
			this.overflowed = true;
			close(CloseReason.SLOW_CONSUMER);
		}
	}

	@Override
	public long pendingBytes() {
		ChannelOutboundBuffer outbound = this.channel.unsafe().outboundBuffer();
		return this.queued + ((outbound != null) ? outbound.totalPendingWriteBytes() : 0);
	}

}
