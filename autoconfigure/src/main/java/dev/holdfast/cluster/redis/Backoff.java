package dev.holdfast.cluster.redis;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays between attempts to connect: they double up to a most, and the half of each is
 * random, so that many nodes do not come back in the same moment. Confined to one thread.
 */
final class Backoff {

	private static final long FIRST = 100;

	private static final long MOST = 3_000;

	private static final int DOUBLINGS = 5;

	private final RandomGenerator random;

	private int attempts;

	Backoff(RandomGenerator random) {
		this.random = random;
	}

	Duration next() {
		long delay = Math.min(FIRST << Math.min(this.attempts++, DOUBLINGS), MOST);
		return Duration.ofMillis(delay / 2 + this.random.nextLong(delay / 2 + 1));
	}

	void reset() {
		this.attempts = 0;
	}

}
