package dev.holdfast.server.netty;

import java.util.Random;

/**
 * What a client of a scenario does.
 */
enum ScenarioBehavior {

	/**
	 * Asks, waits for the reply, and asks again after a while.
	 */
	GOOD,

	/**
	 * Sends many requests at once.
	 */
	FLOODING,

	/**
	 * Sends one byte at a time.
	 */
	BYTEWISE,

	/**
	 * Ends its half right after its requests and expects all replies.
	 */
	EARLY_CLOSING,

	/**
	 * Reads nothing for a while, although large replies come.
	 */
	SLOW,

	/**
	 * Sends requests and resets the connection.
	 */
	RESETTING,

	/**
	 * Begins a frame, or an upgrade, and never ends it.
	 */
	HALF_OPEN,

	/**
	 * Sends bytes at random.
	 */
	GARBAGE,

	/**
	 * Sends nothing for a while.
	 */
	SILENT;

	private static final ScenarioBehavior[] MIX = { GOOD, GOOD, GOOD, GOOD, GOOD, GOOD, FLOODING, BYTEWISE,
			EARLY_CLOSING, EARLY_CLOSING, SLOW, RESETTING, RESETTING, HALF_OPEN, GARBAGE, SILENT };

	/**
	 * Return what the client in a place of the crowd does.
	 * @param place the place
	 * @return the same for each client that takes the place of another
	 */
	static ScenarioBehavior of(int place) {
		return MIX[place % MIX.length];
	}

	boolean isGood() {
		return this == GOOD;
	}

	boolean isChecked() {
		return ordinal() <= SLOW.ordinal();
	}

	int requests(Random random) {
		return switch (this) {
			case GOOD -> 5 + random.nextInt(100);
			case FLOODING -> 200 + random.nextInt(300);
			case BYTEWISE -> 2 + random.nextInt(3);
			case EARLY_CLOSING -> 1 + random.nextInt(40);
			case SLOW -> 20 + random.nextInt(60);
			default -> random.nextInt(20);
		};
	}

}
