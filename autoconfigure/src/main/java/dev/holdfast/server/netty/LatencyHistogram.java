package dev.holdfast.server.netty;

/**
 * Counts durations in buckets of an eighth of a power of two of microseconds. Written by
 * one thread; a reader may miss the latest counts. Confined to the connection's event
 * loop.
 *
 * @see <a href="https://hdrhistogram.github.io/HdrHistogram/">HdrHistogram, whose
 * log-linear buckets these are</a>
 */
final class LatencyHistogram {

	private static final int SUB_BITS = 3;

	private static final int SUB_BUCKETS = 1 << SUB_BITS;

	private static final int MAX_SHIFT = 27;

	static final int BUCKETS = (MAX_SHIFT + 1) * SUB_BUCKETS;

	private final long[] counts = new long[BUCKETS];

	void record(long nanos, long count) {
		this.counts[bucket(nanos / 1000)] += count;
	}

	void addTo(long[] sum) {
		for (int i = 0; i < BUCKETS; i++) {
			sum[i] += this.counts[i];
		}
	}

	static int bucket(long micros) {
		if (micros < SUB_BUCKETS) {
			return (int) Math.max(micros, 0);
		}
		int shift = 63 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
		int bucket = ((shift + 1) << SUB_BITS) + (int) ((micros >>> shift) & (SUB_BUCKETS - 1));
		return Math.min(bucket, BUCKETS - 1);
	}

	static long highest(int bucket) {
		if (bucket < SUB_BUCKETS) {
			return bucket;
		}
		int shift = (bucket >> SUB_BITS) - 1;
		long lowest = (long) (SUB_BUCKETS + (bucket & (SUB_BUCKETS - 1))) << shift;
		return lowest + (1L << shift) - 1;
	}

}
