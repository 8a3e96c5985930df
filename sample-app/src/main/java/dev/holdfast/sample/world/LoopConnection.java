package dev.holdfast.sample.world;

import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an event loop to the database. It is opened when it is first needed,
 * and again when it was lost. Confined to that event loop.
 */
final class LoopConnection {

	private final Supplier<Future<PgConnection>> connector;

	private @Nullable Future<PgConnection> opening;

	LoopConnection(Supplier<Future<PgConnection>> connector) {
		this.connector = connector;
	}

	/**
	 * Ask the database, behind what was asked before.
	 * @param sql what to prepare, once
	 * @param values the parameters
	 * @return the answer
	 */
	Future<RowSet<Row>> execute(String sql, Tuple values) {
		Future<PgConnection> opening = open();
		return opening.succeeded() ? execute(opening.result(), sql, values)
				: opening.compose((connection) -> execute(connection, sql, values));
	}

	private static Future<RowSet<Row>> execute(PgConnection connection, String sql, Tuple values) {
		return connection.preparedQuery(sql).execute(values);
	}

	private Future<PgConnection> open() {
		Future<PgConnection> opening = this.opening;
		if (opening == null) {
			opening = this.connector.get();
			this.opening = opening;
			opening.onComplete((connection) -> connection.closeHandler((closed) -> this.opening = null),
					(error) -> this.opening = null);
		}
		return opening;
	}

}
