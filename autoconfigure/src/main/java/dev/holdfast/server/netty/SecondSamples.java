package dev.holdfast.server.netty;

import dev.holdfast.server.ServerStatistics.Qps;

/**
 * Total numbers of handled messages, sampled about once a second and kept for a minute.
 * Rates are divided by the time that really passed. Thread-safe.
 */
final class SecondSamples {

	private static final int CAPACITY = 64;

	private static final long SECOND = 1_000_000_000L;

	private final long[] times = new long[CAPACITY];

	private final long[] totals = new long[CAPACITY];

	private int count;

	private double peak;

	SecondSamples(long now) {
		add(now, 0);
	}

	synchronized void sample(long now, long total) {
		int last = (this.count - 1) % CAPACITY;
		long elapsed = now - this.times[last];
		if (elapsed > 0) {
			this.peak = Math.max(this.peak, rate(total - this.totals[last], Math.max(elapsed, SECOND)));
			add(now, total);
		}
	}

	private void add(long now, long total) {
		this.times[this.count % CAPACITY] = now;
		this.totals[this.count % CAPACITY] = total;
		this.count++;
	}

	synchronized Qps qps(long now, long total) {
		double last1s = rate(now, total, 1);
		this.peak = Math.max(this.peak, last1s);
		return new Qps(last1s, rate(now, total, 10), rate(now, total, 60), this.peak);
	}

	private double rate(long now, long total, int seconds) {
		int oldest = Math.max(0, this.count - CAPACITY);
		int index = this.count - 1;
		while (index > oldest && now - this.times[index % CAPACITY] < seconds * SECOND) {
			index--;
		}
		long elapsed = now - this.times[index % CAPACITY];
		return rate(total - this.totals[index % CAPACITY], Math.max(elapsed, SECOND));
	}

	private static double rate(long messages, long nanos) {
		return messages * (double) SECOND / nanos;
	}

}
