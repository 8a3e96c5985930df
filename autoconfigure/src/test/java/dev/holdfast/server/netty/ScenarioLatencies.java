package dev.holdfast.server.netty;

/**
 * The times in which nearly all good clients got their reply. Immutable.
 *
 * @param aloneMicros the 99th percentile while they were alone, in microseconds
 * @param mixedMicros the same while the others were there
 */
record ScenarioLatencies(long aloneMicros, long mixedMicros) {

	static ScenarioLatencies parse(String line) {
		String[] parts = line.split(" ");
		return new ScenarioLatencies(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
	}

	@Override
	public String toString() {
		return "%d %d".formatted(this.aloneMicros, this.mixedMicros);
	}

}
