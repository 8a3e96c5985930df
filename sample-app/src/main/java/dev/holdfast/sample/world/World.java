package dev.holdfast.sample.world;

/**
 * A row of the table. Immutable.
 *
 * @param id the key, from 1 to 10,000
 * @param randomNumber a number, from 1 to 10,000
 */
record World(int id, int randomNumber) {

	static final int ROWS = 10_000;

	World with(int randomNumber) {
		return new World(this.id, randomNumber);
	}

}
