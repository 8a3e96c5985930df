package dev.holdfast.server.netty;

/**
 * Which clients of a scenario a {@link ScenarioClients} has.
 */
enum ScenarioPart {

	/**
	 * Good ones in all places.
	 */
	ONLY_GOOD,

	/**
	 * Good ones and bad ones.
	 */
	MIXED,

	/**
	 * The good ones of a mixed crowd.
	 */
	GOOD_OF_MIXED,

	/**
	 * The bad ones of a mixed crowd.
	 */
	BAD_OF_MIXED;

	private static final long NUMBERS = 1_000_000_000;

	ScenarioBehavior behavior(int place) {
		return (this == ONLY_GOOD) ? ScenarioBehavior.GOOD : ScenarioBehavior.of(place);
	}

	boolean has(int place) {
		return switch (this) {
			case ONLY_GOOD, MIXED -> true;
			case GOOD_OF_MIXED -> behavior(place).isGood();
			case BAD_OF_MIXED -> !behavior(place).isGood();
		};
	}

	/**
	 * Return where the numbers of clients begin, so that no two parts have the same.
	 * @return the number before the first
	 */
	long firstNumber() {
		return NUMBERS * ordinal();
	}

}
