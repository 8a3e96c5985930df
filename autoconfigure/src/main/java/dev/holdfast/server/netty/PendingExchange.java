package dev.holdfast.server.netty;

import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.handler.Exchange;

/**
 * {@link Exchange} of a connection. Replies are encoded by the thread that gives them and
 * written by the event loop. Thread-safe.
 */
final class PendingExchange implements Exchange {

	private final NettyConnection connection;

	private final ExchangeQueue queue;

	private final long since;

	private @Nullable Deque<ByteBuf> replies;

	private @Nullable Runnable whenWritable;

	private @Nullable Runnable onCancel;

	private boolean counted = true;

	private boolean ended;

	private boolean readingPaused;

	private volatile boolean cancelled;

	PendingExchange(NettyConnection connection, ExchangeQueue queue, long since) {
		this.connection = connection;
		this.queue = queue;
		this.since = since;
	}

	void uncounted() {
		this.counted = false;
	}

	@Override
	public void reply(Object message) throws Exception {
		give(message, false);
	}

	@Override
	public void complete(Object message) throws Exception {
		give(message, true);
	}

	private void give(Object message, boolean last) throws Exception {
		try {
			if (this.cancelled) {
				return;
			}
			if (this.connection.isDirect() && this.queue.isFirst(this)) {
				write(message, last);
				return;
			}
			ByteBuf frame = this.connection.encode(message);
			this.connection.execute(new Reply(this, frame, last));
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private void write(Object message, boolean last) throws Exception {
		if (this.ended) {
			return;
		}
		this.connection.append(message);
		this.connection.flushLater();
		if (last) {
			end();
		}
	}

	private void take(ByteBuf frame, boolean last) {
		if (this.cancelled || this.ended) {
			frame.release();
			return;
		}
		if (this.queue.isFirst(this)) {
			this.connection.write(frame, 1);
		}
		else {
			keep(frame);
		}
		if (last) {
			end();
		}
	}

	private void keep(ByteBuf frame) {
		if (this.replies == null) {
			this.replies = new ArrayDeque<>(2);
		}
		this.replies.addLast(frame);
	}

	@Override
	public void complete() {
		this.connection.execute(this::end);
	}

	private void end() {
		if (this.cancelled || this.ended) {
			return;
		}
		this.ended = true;
		clearOnCancel();
		resumeIfPaused();
		if (this.counted) {
			this.connection.home.counters.handled(1, System.nanoTime() - this.since);
		}
		this.queue.ended();
	}

	private synchronized void clearOnCancel() {
		this.onCancel = null;
	}

	/**
	 * End with a reply that was there at once and is counted elsewhere.
	 * @param frame the reply
	 */
	void endWith(ByteBuf frame) {
		keep(frame);
		this.ended = true;
	}

	/**
	 * Write what was kept, because all earlier exchanges have ended.
	 * @return whether this one has ended too
	 */
	boolean takeTurn() {
		if (this.replies != null) {
			this.replies.forEach((frame) -> this.connection.write(frame, 1));
			this.replies = null;
		}
		if (!this.ended && this.connection.isWritable()) {
			writable();
		}
		return this.ended;
	}

	@Override
	public void whenWritable(Runnable action) {
		this.connection.execute(() -> {
			this.whenWritable = action;
			if (this.queue.isFirst(this) && this.connection.isWritable()) {
				writable();
			}
		});
	}

	void writable() {
		Runnable action = this.whenWritable;
		if (action != null) {
			this.whenWritable = null;
			action.run();
		}
	}

	@Override
	public void onCancel(Runnable action) {
		synchronized (this) {
			if (!this.cancelled) {
				this.onCancel = action;
				return;
			}
		}
		action.run();
	}

	@Override
	public boolean isCancelled() {
		return this.cancelled;
	}

	@Override
	public void pauseReading() {
		this.connection.execute(() -> {
			if (!this.ended && !this.cancelled) {
				this.readingPaused = true;
				this.connection.pause(ExchangeQueue.PAUSED_BY_WAITING);
			}
		});
	}

	@Override
	public void resumeReading() {
		this.connection.execute(this::resumeIfPaused);
	}

	private void resumeIfPaused() {
		if (this.readingPaused) {
			this.readingPaused = false;
			this.queue.resumeIfRoom();
		}
	}

	/**
	 * Cancel what runs, because the connection is closing.
	 * @return 1 if a message is never handled
	 */
	int cancel() {
		if (this.replies != null) {
			this.replies.forEach(ByteBuf::release);
			this.replies = null;
		}
		if (this.ended) {
			return 0;
		}
		Runnable action;
		synchronized (this) {
			this.cancelled = true;
			action = this.onCancel;
			this.onCancel = null;
		}
		if (action != null) {
			action.run();
		}
		return this.counted ? 1 : 0;
	}

	/**
	 * A reply on its way to the event loop.
	 */
	private static final class Reply extends LoopTask {

		private final PendingExchange exchange;

		private final ByteBuf frame;

		private final boolean last;

		Reply(PendingExchange exchange, ByteBuf frame, boolean last) {
			this.exchange = exchange;
			this.frame = frame;
			this.last = last;
		}

		@Override
		boolean run() {
			this.exchange.take(this.frame, this.last);
			return true;
		}

		@Override
		void discard() {
			this.frame.release();
		}

	}

}
