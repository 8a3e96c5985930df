package dev.holdfast.sample.world;

import reactor.core.publisher.Mono;

/**
 * The table of worlds. Thread-safe.
 */
interface WorldRepository {

	/**
	 * Read a row, with a query of its own.
	 * @param id the key
	 * @return the row
	 */
	Mono<World> find(int id);

	/**
	 * Write a row.
	 * @param world the row
	 * @return the row, once it is written
	 */
	Mono<World> update(World world);

}
