package dev.holdfast.sample.world;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Reads and updates random rows, by the rules of TechEmpower's benchmark: each row is
 * read with a query of its own, and a count that makes no sense is moved to the next that
 * does.
 */
@SocketController("world")
class WorldHandler {

	private static final Log logger = LogFactory.getLog(WorldHandler.class);

	private static final int MAX_ROWS = 500;

	private final WorldRepository worlds;

	WorldHandler(WorldRepository worlds) {
		this.worlds = worlds;
	}

	@OnMessage("db")
	CompletionStage<World> db() {
		return this.worlds.find(random());
	}

	@OnMessage("queries")
	Mono<List<World>> queries(String line) {
		return randomIds(count(line)).flatMap(this::find).collectList();
	}

	@OnMessage("updates")
	Mono<List<World>> updates(String line) {
		return randomIds(count(line)).flatMap(this::find)
			.map((world) -> world.with(random()))
			.flatMap((world) -> Mono.fromCompletionStage(this.worlds.update(world)))
			.collectList();
	}

	private Mono<World> find(int id) {
		return Mono.fromCompletionStage(this.worlds.find(id));
	}

	@OnMessage
	String help() {
		return "Say 'db', 'queries N' or 'updates N'";
	}

	@OnError
	String failed(Exception ex) {
		logger.warn("Query failed", ex);
		return "The database does not answer";
	}

	static int count(String line) {
		try {
			int count = Integer.parseInt(line.substring(line.indexOf(' ') + 1).strip());
			return Math.max(1, Math.min(count, MAX_ROWS));
		}
		catch (NumberFormatException ex) {
			return 1;
		}
	}

	/**
	 * Return different keys, so that each row that is told is the row that was written.
	 * @param count how many
	 * @return the keys
	 */
	private static Flux<Integer> randomIds(int count) {
		return Flux
			.fromStream(() -> ThreadLocalRandom.current().ints(1, World.ROWS + 1).distinct().limit(count).boxed());
	}

	private static int random() {
		return ThreadLocalRandom.current().nextInt(World.ROWS) + 1;
	}

}
