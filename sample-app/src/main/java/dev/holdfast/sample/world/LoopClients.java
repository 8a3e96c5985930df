package dev.holdfast.sample.world;

import java.util.function.Supplier;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.sqlclient.SqlClient;

/**
 * A client with one connection for each event loop, on that loop: queries of handlers and
 * their answers never change threads. Other threads share one more. Thread-safe.
 */
final class LoopClients {

	private final CallerLoops loops;

	private final SqlClient shared;

	private final FastThreadLocal<SqlClient> own;

	LoopClients(CallerLoops loops, Supplier<SqlClient> factory) {
		this.loops = loops;
		this.shared = factory.get();
		this.own = new FastThreadLocal<>() {

			@Override
			protected SqlClient initialValue() {
				return factory.get();
			}

		};
	}

	/**
	 * Return the client of the calling thread.
	 * @return the client, which connects when it is first asked
	 */
	SqlClient client() {
		return this.loops.isCalled() ? this.own.get() : this.shared;
	}

}
