package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.ConnectionClosedException;

/**
 * Messages of other threads on their way to the event loop of one connection, framed in
 * one buffer, so that a small one waits as the few bytes that it is. Gathers until the
 * loop takes it, it is full, or something was added to the {@link LoopInbox} that later
 * messages must not overtake. Thread-safe.
 */
final class QueuedMessages extends LoopTask {

	/**
	 * What waiting costs beside the bytes of the messages.
	 */
	static final int OVERHEAD = 256;

	/**
	 * What a future costs.
	 */
	static final int FUTURE_OVERHEAD = 64;

	private static final int MAX_BYTES = 64 * 1024;

	private final NettyConnection connection;

	private final int barriers;

	private final ByteBuf frames;

	private int count;

	private int cost;

	private @Nullable List<CompletableFuture<Void>> futures;

	private boolean taken;

	QueuedMessages(NettyConnection connection, int barriers, ByteBuf frame, @Nullable CompletableFuture<Void> future) {
		this.connection = connection;
		this.barriers = barriers;
		this.frames = frame;
		count(OVERHEAD + cost(frame, future), future);
	}

	/**
	 * Return what a message costs while it waits.
	 * @param frame the message
	 * @param future what it completes or {@code null}
	 * @return bytes
	 */
	static int cost(ByteBuf frame, @Nullable CompletableFuture<Void> future) {
		return frame.readableBytes() + ((future != null) ? FUTURE_OVERHEAD : 0);
	}

	private void count(int cost, @Nullable CompletableFuture<Void> future) {
		this.count++;
		this.cost += cost;
		if (future != null) {
			this.futures = (this.futures != null) ? this.futures : new ArrayList<>();
			this.futures.add(future);
		}
	}

	/**
	 * Gather one more message.
	 * @param barriers what the inbox has now
	 * @param frame the message, whose reference is taken over with it
	 * @param future what it completes or {@code null}
	 * @return whether it was gathered
	 */
	synchronized boolean gather(int barriers, ByteBuf frame, @Nullable CompletableFuture<Void> future) {
		if (this.taken || this.barriers != barriers
				|| this.frames.readableBytes() + frame.readableBytes() > MAX_BYTES) {
			return false;
		}
		this.frames.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
		frame.release();
		count(cost(frame, future), future);
		return true;
	}

	@Override
	boolean run() {
		synchronized (this) {
			this.taken = true;
		}
		this.connection.writeQueued(this);
		return true;
	}

	@Override
	void discard() {
		synchronized (this) {
			this.taken = true;
		}
		this.frames.release();
		fail();
	}

	/**
	 * Fail what waits for the messages.
	 */
	void fail() {
		if (this.futures != null) {
			ConnectionClosedException closed = new ConnectionClosedException(this.connection.id());
			this.futures.forEach((future) -> future.completeExceptionally(closed));
		}
	}

	/**
	 * Complete what waits for the messages.
	 */
	void complete() {
		if (this.futures != null) {
			this.futures.forEach((future) -> future.complete(null));
		}
	}

	boolean hasFutures() {
		return this.futures != null;
	}

	/**
	 * Return the messages.
	 * @return their frames, which belong to the caller
	 */
	ByteBuf frames() {
		return this.frames;
	}

	int count() {
		return this.count;
	}

	/**
	 * Return what was charged for the messages.
	 * @return bytes
	 */
	int cost() {
		return this.cost;
	}

}
