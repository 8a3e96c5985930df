package dev.holdfast.server.netty;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.holdfast.server.ServerStatistics.Latency;

/**
 * Latency counts of the last minute: those of now less those of a minute ago.
 * Thread-safe.
 */
final class LatencySamples {

	private static final int SAMPLE_SECONDS = 5;

	private static final int SAMPLES = 60 / SAMPLE_SECONDS;

	private final Deque<long[]> samples = new ArrayDeque<>(SAMPLES + 1);

	private int seconds;

	LatencySamples() {
		this.samples.add(new long[LatencyHistogram.BUCKETS]);
	}

	synchronized boolean isDue() {
		return ++this.seconds % SAMPLE_SECONDS == 0;
	}

	synchronized void sample(long[] counts) {
		this.samples.addLast(counts);
		if (this.samples.size() > SAMPLES) {
			this.samples.removeFirst();
		}
	}

	synchronized Latency latency(long[] counts) {
		long[] before = this.samples.getFirst();
		long[] last = new long[LatencyHistogram.BUCKETS];
		long total = 0;
		for (int i = 0; i < last.length; i++) {
			last[i] = counts[i] - before[i];
			total += last[i];
		}
		return new Latency(percentile(last, total, 0.5), percentile(last, total, 0.99), percentile(last, total, 1));
	}

	private static long percentile(long[] counts, long total, double quantile) {
		long rank = (long) Math.ceil(total * quantile);
		long seen = 0;
		for (int i = 0; i < counts.length; i++) {
			seen += counts[i];
			if (seen >= rank && seen > 0) {
				return LatencyHistogram.highest(i);
			}
		}
		return 0;
	}

}
