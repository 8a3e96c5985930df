package dev.holdfast.sample.world;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;

/**
 * An event loop that runs handlers, and how many of its queries wait for their answer.
 * Confined to that event loop.
 */
final class CallerLoop {

	private final EventLoop eventLoop;

	private int pending;

	CallerLoop(EventLoop eventLoop) {
		this.eventLoop = eventLoop;
	}

	EventLoop eventLoop() {
		return this.eventLoop;
	}

	int pending() {
		return this.pending;
	}

	/**
	 * Count a query until it is answered.
	 * @param query what was asked
	 * @param <T> the type of its answer
	 * @return the query
	 */
	<T> Future<T> count(Future<T> query) {
		this.pending++;
		return query.onComplete((answer) -> this.pending--);
	}

}
