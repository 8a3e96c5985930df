package dev.holdfast.sample.world;

import java.util.function.Supplier;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

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
	 * Ask the database over the client of the calling thread, which connects when it is
	 * first asked.
	 * @param sql what to prepare, once
	 * @param values the parameters
	 * @return the answer, on the calling thread if it is an event loop
	 */
	Future<RowSet<Row>> execute(String sql, Tuple values) {
		CallerLoop loop = this.loops.current();
		return (loop != null) ? loop.count(execute(this.own.get(), sql, values)) : execute(this.shared, sql, values);
	}

	private static Future<RowSet<Row>> execute(SqlClient client, String sql, Tuple values) {
		return client.preparedQuery(sql).execute(values);
	}

}
