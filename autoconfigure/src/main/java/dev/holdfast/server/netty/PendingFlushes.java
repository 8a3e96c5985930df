package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.CloseReason;

/**
 * Connections of one event loop that have written something. While a handler of a
 * connection still runs on another thread, what is there to write is held for a moment,
 * so that its reply leaves with it. Holding goes on as long as it saves writes; when it
 * does not, more and more is sent at once before it is tried again. Confined to the event
 * loop.
 */
final class PendingFlushes {

	private static final Log logger = LogFactory.getLog(PendingFlushes.class);

	private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private static final int MIN_SKIPS = 8;

	private static final int MAX_SKIPS = 1024;

	private final EventLoop eventLoop;

	private final Runnable flush;

	private List<NettyConnection> connections = new ArrayList<>();

	private List<NettyConnection> others = new ArrayList<>();

	private final List<NettyConnection> held = new ArrayList<>();

	private boolean scheduled;

	private int skips = MIN_SKIPS;

	private int toSkip;

	/**
	 * Create a new {@link PendingFlushes}.
	 * @param eventLoop the event loop
	 * @param flush what calls {@link #run()}
	 */
	PendingFlushes(EventLoop eventLoop, Runnable flush) {
		this.eventLoop = eventLoop;
		this.flush = flush;
	}

	void add(NettyConnection connection) {
		this.connections.add(connection);
	}

	/**
	 * Flush once all that waits for the loop now has been done.
	 */
	void schedule() {
		if (!this.scheduled) {
			this.scheduled = true;
			this.eventLoop.execute(this.flush);
		}
	}

	/**
	 * Flush now.
	 */
	void run() {
		this.scheduled = false;
		List<NettyConnection> connections = this.connections;
		this.connections = this.others;
		this.others = connections;
		for (NettyConnection connection : connections) {
			if (connection.mayHold() && isWorthwhile()) {
				hold(connection);
			}
			else {
				flush(connection);
			}
		}
		connections.clear();
	}

	private boolean isWorthwhile() {
		if (this.toSkip > 0) {
			this.toSkip--;
			return false;
		}
		return true;
	}

	private void hold(NettyConnection connection) {
		connection.flushHeld();
		this.held.add(connection);
		if (this.held.size() == 1) {
			this.eventLoop.schedule(this::flushHeld, HOLD_NANOS, TimeUnit.NANOSECONDS);
		}
	}

	private void flushHeld() {
		int writes = 0;
		for (NettyConnection connection : this.held) {
			if (flush(connection)) {
				writes++;
			}
		}
		learn(this.held.size(), writes);
		this.held.clear();
	}

	private void learn(int replies, int writes) {
		if (replies - writes >= writes) {
			this.skips = MIN_SKIPS;
		}
		else {
			this.toSkip = this.skips;
			this.skips = Math.min(this.skips * 2, MAX_SKIPS);
		}
	}

	private static boolean flush(NettyConnection connection) {
		try {
			return connection.flushScheduled();
		}
		catch (Throwable ex) {
			logger.warn("Connection '%s' could not be flushed".formatted(connection.id()), ex);
			connection.abortNow(CloseReason.TRANSPORT_ERROR);
			return true;
		}
	}

}
