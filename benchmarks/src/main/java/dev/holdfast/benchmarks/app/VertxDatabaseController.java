package dev.holdfast.benchmarks.app;

import java.util.concurrent.CompletionStage;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers with a row that the PostgreSQL client of Vert.x reads, pipelined.
 */
@SocketController("bench")
class VertxDatabaseController {

	private final PreparedQuery<RowSet<io.vertx.sqlclient.Row>> query;

	VertxDatabaseController() {
		int cores = Runtime.getRuntime().availableProcessors();
		int loops = Integer.getInteger("database.loops", cores);
		PgConnectOptions options = new PgConnectOptions().setHost("localhost")
			.setPort(Row.databasePort())
			.setDatabase("postgres")
			.setUser("postgres")
			.setPassword("postgres")
			.setCachePreparedStatements(true)
			.setPipeliningLimit(256);
		this.query = PgBuilder.client()
			.with(new PoolOptions().setMaxSize(Integer.getInteger("database.connections", cores)))
			.connectingTo(options)
			.using(Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true)))
			.build()
			.preparedQuery(Row.SELECT + "$1");
	}

	@OnMessage
	CompletionStage<Row> row() {
		return this.query.execute(Tuple.of(Row.randomId())).map((rows) -> {
			io.vertx.sqlclient.Row row = rows.iterator().next();
			return new Row(row.getInteger(0), row.getInteger(1));
		}).toCompletionStage();
	}

}
