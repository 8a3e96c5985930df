package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.CloseReason;

/**
 * Connections of one event loop that have written something. Replies of handlers that end
 * soon after one another, on other threads, are held for a moment and leave together.
 * Confined to the event loop.
 */
final class PendingFlushes {

	private static final Log logger = LogFactory.getLog(PendingFlushes.class);

	static final long HOLD_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

	private final EventLoop eventLoop;

	private final Runnable flush;

	private List<NettyConnection> connections = new ArrayList<>();

	private List<NettyConnection> others = new ArrayList<>();

	private final List<NettyConnection> held = new ArrayList<>();

	private boolean scheduled;

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
			if (connection.mayHold()) {
				hold(connection);
			}
			else {
				flush(connection);
			}
		}
		connections.clear();
	}

	private void hold(NettyConnection connection) {
		connection.flushHeld();
		this.held.add(connection);
		if (this.held.size() == 1) {
			this.eventLoop.schedule(this::flushHeld, HOLD_NANOS, TimeUnit.NANOSECONDS);
		}
	}

	private void flushHeld() {
		this.held.forEach(PendingFlushes::flush);
		this.held.clear();
	}

	private static void flush(NettyConnection connection) {
		try {
			connection.flushScheduled();
		}
		catch (Throwable ex) {
			logger.warn("Connection '%s' could not be flushed".formatted(connection.id()), ex);
			connection.abortNow(CloseReason.TRANSPORT_ERROR);
		}
	}

}
