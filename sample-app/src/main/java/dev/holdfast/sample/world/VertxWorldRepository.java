package dev.holdfast.sample.world;

import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * {@link WorldRepository} over the PostgreSQL client of Vert.x, which sends the queries
 * of many connections over few, one behind the other, without waiting for answers in
 * between.
 */
@Repository
@Profile("postgres")
class VertxWorldRepository implements WorldRepository {

	private final PreparedQuery<RowSet<Row>> select;

	private final PreparedQuery<RowSet<Row>> update;

	VertxWorldRepository(SqlClient client) {
		this.select = client.preparedQuery("SELECT id, randomnumber FROM world WHERE id = $1");
		this.update = client.preparedQuery("UPDATE world SET randomnumber = $2 WHERE id = $1");
	}

	@Override
	public Mono<World> find(int id) {
		return mono(() -> this.select.execute(Tuple.of(id)).map(VertxWorldRepository::world));
	}

	@Override
	public Mono<World> update(World world) {
		return mono(() -> this.update.execute(Tuple.of(world.id(), world.randomNumber())).map(world));
	}

	private static World world(RowSet<Row> rows) {
		Row row = rows.iterator().next();
		return new World(row.getInteger(0), row.getInteger(1));
	}

	private static <T> Mono<T> mono(Supplier<Future<T>> query) {
		return Mono.create((sink) -> query.get().onComplete(sink::success, sink::error));
	}

}
