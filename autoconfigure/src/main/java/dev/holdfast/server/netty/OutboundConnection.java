package dev.holdfast.server.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
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

	private static final AtomicReferenceFieldUpdater<OutboundConnection, QueuedMessages> GATHERING = AtomicReferenceFieldUpdater
		.newUpdater(OutboundConnection.class, QueuedMessages.class, "gathering");

	private volatile @Nullable QueuedMessages gathering;

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
		if (waitingBytes() + batchBytes() >= this.home.maxPending) {
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
		boolean taken = reserve(QueuedMessages.cost(frame, future));
		if (!taken) {
			frame.release();
		}
		else if (!gathered(frame, future)) {
			taken = queue(frame, future);
		}
		return taken;
	}

	private boolean gathered(ByteBuf frame, @Nullable CompletableFuture<Void> future) {
		QueuedMessages gathering = this.gathering;
		return gathering != null && gathering.gather(this.home.loop.inbox.barriers(), frame, future);
	}

	private boolean queue(ByteBuf frame, @Nullable CompletableFuture<Void> future) {
		LoopInbox inbox = this.home.loop.inbox;
		boolean added;
		synchronized (this) {
			if (gathered(frame, future)) {
				return true;
			}
			QUEUED.addAndGet(this, QueuedMessages.OVERHEAD);
			QueuedMessages queued = new QueuedMessages(self(), inbox.barriers(), frame, future);
			synchronized (queued) {
				added = inbox.addGathering(queued);
				this.gathering = queued;
			}
		}
		if (!added) {
			inbox.discard();
		}
		return added;
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
		if (waitingBytes() >= this.home.maxPending) {
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

	/**
	 * Write messages that waited for the loop.
	 * @param queued the messages
	 */
	final void writeQueued(QueuedMessages queued) {
		GATHERING.compareAndSet(this, queued, null);
		unreserve(queued.cost());
		if (!takesQueued()) {
			queued.discard();
		}
		else if (queued.hasFutures()) {
			write(queued.frames(), queued.count(), WrittenFuture.promise(self(), queued));
		}
		else {
			write(queued.frames(), queued.count());
		}
	}

	/**
	 * Write a frame that many connections get and flush at once. Its bytes were reserved.
	 * @param frame the frame, whose indexes and reference stay as they are
	 * @param cost what was charged for it
	 */
	final void writeShared(ByteBuf frame, int cost) {
		unreserve(cost);
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
			else if (!sendAsync(message, future)) {
				future.completeExceptionally(new OverflowException(id(), pendingBytes()));
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
		return future;
	}

	private boolean sendAsync(Object message, CompletableFuture<Void> future) {
		if (!this.channel.eventLoop().inEventLoop()) {
			return sendToLoop(message, future);
		}
		ByteBuf frame = encode(message);
		int cost = QueuedMessages.cost(frame, future);
		boolean taken = reserve(cost);
		if (taken) {
			unreserve(cost);
			write(frame, 1, WrittenFuture.promise(self(), future));
		}
		else {
			frame.release();
		}
		return taken;
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
		return waitingBytes() + batchBytes();
	}

	private long waitingBytes() {
		ChannelOutboundBuffer outbound = this.channel.unsafe().outboundBuffer();
		return this.queued + ((outbound != null) ? outbound.totalPendingWriteBytes() : 0);
	}

}
