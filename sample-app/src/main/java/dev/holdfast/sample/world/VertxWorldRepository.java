package dev.holdfast.sample.world;

import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * {@link WorldRepository} over the PostgreSQL client of Vert.x, which sends the queries
 * of many connections over one for each event loop, one behind the other, without waiting
 * for answers in between.
 */
@Repository
@Profile("postgres")
class VertxWorldRepository implements WorldRepository {

	private static final String SELECT = "SELECT id, randomnumber FROM world WHERE id = $1";

	private static final String UPDATE = "UPDATE world SET randomnumber = $2 WHERE id = $1";

	private final LoopClients clients;

	VertxWorldRepository(LoopClients clients) {
		this.clients = clients;
	}

	@Override
	public Mono<World> find(int id) {
		return mono(() -> this.clients.execute(SELECT, Tuple.of(id)).map(VertxWorldRepository::world));
	}

	@Override
	public Mono<World> update(World world) {
		return mono(() -> this.clients.execute(UPDATE, Tuple.of(world.id(), world.randomNumber())).map(world));
	}

	private static World world(RowSet<Row> rows) {
		Row row = rows.iterator().next();
		return new World(row.getInteger(0), row.getInteger(1));
	}

	private static <T> Mono<T> mono(Supplier<Future<T>> query) {
		return Mono.create((sink) -> query.get().onComplete(sink::success, sink::error));
	}

}
