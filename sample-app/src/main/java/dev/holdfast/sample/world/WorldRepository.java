package dev.holdfast.sample.world;

import java.util.concurrent.CompletionStage;

/**
 * The table of worlds. Thread-safe.
 */
interface WorldRepository {

	/**
	 * Read a row, with a query of its own.
	 * @param id the key
	 * @return the row
	 */
	CompletionStage<World> find(int id);

	/**
	 * Write a row.
	 * @param world the row
	 * @return the row, once it is written
	 */
	CompletionStage<World> update(World world);

}
