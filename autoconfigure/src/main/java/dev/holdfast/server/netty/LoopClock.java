package dev.holdfast.server.netty;

import java.time.Duration;

/**
 * Time in ticks of 134 ms, which fit an {@code int} for nine years. Thread-safe.
 */
final class LoopClock {

	private static final int SHIFT = 27;

	private static final long BASE = System.nanoTime();

	private LoopClock() {
	}

	static int tick() {
		return tick(System.nanoTime());
	}

	static int tick(long nanoTime) {
		return (int) ((nanoTime - BASE) >> SHIFT);
	}

	/**
	 * Return a number of ticks that takes at least as long, wherever in a tick it begins.
	 * @param duration the duration
	 * @return the ticks, 0 for a duration of zero
	 */
	static int ticks(Duration duration) {
		if (duration.isZero() || duration.isNegative()) {
			return 0;
		}
		long ticks = (duration.toSeconds() > Integer.MAX_VALUE) ? Long.MAX_VALUE : (duration.toNanos() >> SHIFT) + 2;
		return (int) Math.min(ticks, Integer.MAX_VALUE / 2);
	}

	static Duration duration(int ticks) {
		return Duration.ofNanos((long) ticks << SHIFT);
	}

}
