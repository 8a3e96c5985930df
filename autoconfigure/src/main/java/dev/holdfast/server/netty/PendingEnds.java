package dev.holdfast.server.netty;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.CloseReason;

/**
 * Connections of one event loop whose peers have ended their half. However many peers
 * leave at the same moment, the loop reads and writes between portions of them. Confined
 * to the event loop.
 */
final class PendingEnds {

	private static final Log logger = LogFactory.getLog(PendingEnds.class);

	static final int PORTION = 64;

	private final EventLoop eventLoop;

	private final Consumer<NettyConnection> action;

	private final Queue<NettyConnection> connections = new ArrayDeque<>();

	private int budget = PORTION;

	private boolean scheduled;

	/**
	 * Create new {@link PendingEnds}.
	 * @param eventLoop the event loop
	 * @param action what ends a connection
	 */
	PendingEnds(EventLoop eventLoop, Consumer<NettyConnection> action) {
		this.eventLoop = eventLoop;
		this.action = action;
	}

	/**
	 * End a connection, at once if not many have ended since the loop read last.
	 * @param connection the connection
	 */
	void add(NettyConnection connection) {
		schedule();
		if (this.budget > 0) {
			this.budget--;
			end(connection);
		}
		else {
			this.connections.add(connection);
		}
	}

	private void schedule() {
		if (!this.scheduled) {
			this.scheduled = true;
			this.eventLoop.schedule(this::run, 0, TimeUnit.NANOSECONDS);
		}
	}

	private void run() {
		this.scheduled = false;
		this.budget = PORTION;
		while (this.budget > 0 && !this.connections.isEmpty()) {
			this.budget--;
			end(this.connections.remove());
		}
		if (!this.connections.isEmpty()) {
			schedule();
		}
	}

	private void end(NettyConnection connection) {
		try {
			this.action.accept(connection);
		}
		catch (Throwable ex) {
			logger.warn("Connection '%s' could not be ended in order".formatted(connection.id()), ex);
			connection.abortNow(CloseReason.TRANSPORT_ERROR);
		}
	}

}
