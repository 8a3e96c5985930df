package dev.holdfast.benchmarks.app;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A row of the table. Immutable.
 *
 * @param id the key
 * @param randomNumber a number
 */
record Row(int id, int randomNumber) {

	static final String SELECT = "SELECT id, randomnumber FROM world WHERE id = ";

	static int databasePort() {
		return Integer.getInteger("database.port");
	}

	static int randomId() {
		return ThreadLocalRandom.current().nextInt(10_000) + 1;
	}

}
