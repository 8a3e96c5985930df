package dev.holdfast.benchmarks.app;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers with a row that R2DBC reads, over connections of its pool.
 */
@SocketController("bench")
class R2dbcDatabaseController {

	private final ConnectionPool pool;

	R2dbcDatabaseController() {
		PostgresqlConnectionFactory factory = new PostgresqlConnectionFactory(
				PostgresqlConnectionConfiguration.builder()
					.host("localhost")
					.port(Row.databasePort())
					.database("postgres")
					.username("postgres")
					.password("postgres")
					.build());
		int connections = Integer.getInteger("database.connections", 16);
		this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
			.initialSize(connections)
			.maxSize(connections)
			.maxAcquireTime(Duration.ofSeconds(30))
			.build());
	}

	@OnMessage
	Mono<Row> row() {
		return Mono.usingWhen(this.pool.create(), R2dbcDatabaseController::query, Connection::close);
	}

	private static Mono<Row> query(Connection connection) {
		return Flux.from(connection.createStatement(Row.SELECT + "$1").bind(0, Row.randomId()).execute())
			.flatMap((result) -> result.map((row) -> new Row(row.get(0, Integer.class), row.get(1, Integer.class))))
			.single();
	}

}
