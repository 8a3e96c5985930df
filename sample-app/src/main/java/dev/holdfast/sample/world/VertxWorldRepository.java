package dev.holdfast.sample.world;

import java.util.concurrent.CompletionStage;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Repository;

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
	public CompletionStage<World> find(int id) {
		return this.clients.execute(SELECT, Tuple.of(id)).map(VertxWorldRepository::world).toCompletionStage();
	}

	@Override
	public CompletionStage<World> update(World world) {
		return this.clients.execute(UPDATE, Tuple.of(world.id(), world.randomNumber())).map(world).toCompletionStage();
	}

	private static World world(RowSet<Row> rows) {
		Row row = rows.iterator().next();
		return new World(row.getInteger(0), row.getInteger(1));
	}

}
