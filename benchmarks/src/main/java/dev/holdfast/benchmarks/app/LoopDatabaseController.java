package dev.holdfast.benchmarks.app;

import java.util.concurrent.CompletionStage;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.springframework.context.annotation.Import;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers with a row that the PostgreSQL client of Vert.x reads, pipelined, over a
 * connection for each event loop of Holdfast and on that loop.
 */
@SocketController("bench")
@Import(CallerLoops.class)
class LoopDatabaseController {

	private final Vertx vertx;

	private final PgConnectOptions options = new PgConnectOptions()
		.setHost(System.getProperty("database.host", "localhost"))
		.setPort(Row.databasePort())
		.setDatabase("postgres")
		.setUser("postgres")
		.setPassword("postgres")
		.setCachePreparedStatements(true)
		.setPipeliningLimit(Integer.getInteger("database.pipelining", 256));

	private final FastThreadLocal<PreparedQuery<RowSet<io.vertx.sqlclient.Row>>> queries = new FastThreadLocal<>() {

		@Override
		protected PreparedQuery<RowSet<io.vertx.sqlclient.Row>> initialValue() {
			return PgBuilder.client()
				.with(new PoolOptions().setMaxSize(1).setMaxWaitQueueSize(-1))
				.connectingTo(LoopDatabaseController.this.options)
				.using(LoopDatabaseController.this.vertx)
				.build()
				.preparedQuery(Row.SELECT + "$1");
		}

	};

	LoopDatabaseController(CallerLoops loops) {
		this.vertx = Vertx.builder()
			.with(new VertxOptions().setEventLoopPoolSize(1))
			.withTransport(JoiningTransport.create(loops))
			.build();
	}

	@OnMessage
	CompletionStage<Row> row() {
		return this.queries.get().execute(Tuple.of(Row.randomId())).map((rows) -> {
			io.vertx.sqlclient.Row row = rows.iterator().next();
			return new Row(row.getInteger(0), row.getInteger(1));
		}).toCompletionStage();
	}

}
