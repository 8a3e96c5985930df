package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.DrainSettings;

/**
 * Ends the connections of one server: each in its turn at the rate that is allowed, and
 * by force what is left when the grace period is over. Used by one thread.
 */
final class ServerDrain {

	private static final Log logger = LogFactory.getLog(NettySocketServer.class);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final int TICK_MILLIS = 20;

	private final NettySocketServer server;

	private final DrainSettings settings;

	private final List<NettyConnection> connections = new ArrayList<>();

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final CompletableFuture<Void> stopped = new CompletableFuture<>();

	private final long began = System.nanoTime();

	private int ended;

	private @Nullable ScheduledFuture<?> task;

	ServerDrain(NettySocketServer server, DrainSettings settings) {
		this.server = server;
		this.settings = settings;
		this.stopped.whenComplete((ignored, error) -> abortIfCancelled());
		server.forEachConnection(this.connections::add);
	}

	/**
	 * Begin.
	 * @param executor what ends the connections
	 * @return completes when the connections have ended, or nothing more is to be done
	 */
	CompletableFuture<Void> start(ScheduledExecutorService executor) {
		executor.execute(() -> {
			this.task = executor.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
			tick();
		});
		return this.done;
	}

	/**
	 * Return what the one that drains the server waits for.
	 * @return completes when the server has stopped; cancelling it aborts what is left
	 */
	CompletableFuture<Void> stopped() {
		return this.stopped;
	}

	/**
	 * Leave what is left to somebody else.
	 */
	void end() {
		this.done.complete(null);
	}

	private void tick() {
		long elapsed = System.nanoTime() - this.began;
		if (this.done.isDone() || this.server.activeConnections() == 0) {
			finish();
		}
		else if (isGraceOver(elapsed)) {
			abort("did not end in time");
			finish();
		}
		else {
			endThoseDue(elapsed);
		}
	}

	private void abortIfCancelled() {
		if (this.stopped.isCancelled() && !this.done.isDone()) {
			abort("are not waited for");
			end();
		}
	}

	private void abort(String why) {
		logger.warn("Server '%s' aborts %d connections that %s".formatted(this.server.name(),
				this.server.activeConnections(), why));
		this.server.forEachConnection((connection) -> connection.abortNow(CloseReason.SHUTDOWN));
	}

	private boolean isGraceOver(long elapsed) {
		long grace = this.settings.grace().toNanos();
		return grace > 0 && elapsed >= grace;
	}

	private void endThoseDue(long elapsed) {
		double due = (this.settings.rate() > 0) ? this.settings.rate() * elapsed / SECOND : this.connections.size();
		while (this.ended < this.connections.size() && this.ended < due) {
			this.connections.get(this.ended++).drain();
		}
		if (this.ended == this.connections.size()) {
			this.server.forEachConnection(this::addLate);
		}
	}

	/**
	 * Add a connection that was being accepted when the draining began.
	 * @param connection the connection
	 */
	private void addLate(NettyConnection connection) {
		if (connection.state().compareTo(ConnectionState.CLOSING) < 0 && !connection.isDraining()) {
			this.connections.add(connection);
		}
	}

	private void finish() {
		if (this.task != null) {
			this.task.cancel(false);
		}
		this.done.complete(null);
	}

}
