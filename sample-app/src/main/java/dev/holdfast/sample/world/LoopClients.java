package dev.holdfast.sample.world;

import java.util.function.Supplier;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * A connection for each event loop, on that loop: queries of handlers and their answers
 * never change threads. Other threads share a client. Thread-safe.
 */
final class LoopClients {

	private final CallerLoops loops;

	private final SqlClient shared;

	private final FastThreadLocal<LoopConnection> own;

	LoopClients(CallerLoops loops, SqlClient shared, Supplier<Future<PgConnection>> connector) {
		this.loops = loops;
		this.shared = shared;
		this.own = new FastThreadLocal<>() {

			@Override
			protected LoopConnection initialValue() {
				return new LoopConnection(connector);
			}

		};
	}

	/**
	 * Ask the database over the connection of the calling thread, which is opened when it
	 * is first needed.
	 * @param sql what to prepare, once
	 * @param values the parameters
	 * @return the answer, on the calling thread if it is an event loop
	 */
	Future<RowSet<Row>> execute(String sql, Tuple values) {
		CallerLoop loop = this.loops.current();
		return (loop != null) ? loop.count(this.own.get().execute(sql, values))
				: this.shared.preparedQuery(sql).execute(values);
	}

}
