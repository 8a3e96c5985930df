package dev.holdfast.sample.world;

import java.util.concurrent.CompletionStage;

import io.r2dbc.spi.Readable;
import org.springframework.context.annotation.Profile;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * {@link WorldRepository} over R2DBC, with whatever database is configured.
 */
@Repository
@Profile("!postgres")
class R2dbcWorldRepository implements WorldRepository {

	private final DatabaseClient client;

	R2dbcWorldRepository(DatabaseClient client) {
		this.client = client;
	}

	@Override
	public CompletionStage<World> find(int id) {
		return this.client.sql("SELECT id, randomnumber FROM world WHERE id = $1")
			.bind(0, id)
			.map(R2dbcWorldRepository::world)
			.one()
			.toFuture();
	}

	@Override
	public CompletionStage<World> update(World world) {
		return this.client.sql("UPDATE world SET randomnumber = $2 WHERE id = $1")
			.bind(0, world.id())
			.bind(1, world.randomNumber())
			.then()
			.thenReturn(world)
			.toFuture();
	}

	private static World world(Readable row) {
		return new World(row.get(0, Integer.class), row.get(1, Integer.class));
	}

}
