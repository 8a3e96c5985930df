package dev.holdfast.server.netty;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts connections against a limit. Thread-safe.
 */
final class Admission {

	private final long limit;

	private final AtomicLong active = new AtomicLong();

	private final AtomicLong peak = new AtomicLong();

	/**
	 * Create a new {@link Admission}.
	 * @param limit the most connections at once, 0 for no limit
	 */
	Admission(long limit) {
		this.limit = (limit > 0) ? limit : Long.MAX_VALUE;
	}

	boolean enter() {
		long active = this.active.incrementAndGet();
		if (active > this.limit) {
			this.active.decrementAndGet();
			return false;
		}
		if (active > this.peak.get()) {
			this.peak.accumulateAndGet(active, Math::max);
		}
		return true;
	}

	void leave() {
		this.active.decrementAndGet();
	}

	long active() {
		return this.active.get();
	}

	long peak() {
		return this.peak.get();
	}

}
