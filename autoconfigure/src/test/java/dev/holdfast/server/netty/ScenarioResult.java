package dev.holdfast.server.netty;

/**
 * What a client of a scenario counted. Immutable.
 *
 * @param wire how it spoke
 * @param number its number
 * @param requests the number of requests
 * @param replies the number of replies
 */
record ScenarioResult(ScenarioWire wire, long number, long requests, long replies) {

	static ScenarioResult parse(String line) {
		String[] parts = line.split(" ");
		return new ScenarioResult(ScenarioWire.valueOf(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]),
				Long.parseLong(parts[3]));
	}

	@Override
	public String toString() {
		return "%s %d %d %d".formatted(this.wire, this.number, this.requests, this.replies);
	}

}
