package dev.holdfast.benchmarks.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One publisher that sends as fast as the slowest receiver takes it. Confined to one
 * thread.
 *
 * @param send sends a message
 * @param receivers tell how many messages each receiver has had
 */
record Publishing(Consumer<String> send, List<LongSupplier> receivers) {

	private static final int WINDOW = 4096;

	private static final String PADDING = "x".repeat(90);

	/**
	 * Publish for some time.
	 * @param seconds how long
	 * @return deliveries per second over all receivers
	 */
	double run(double seconds) {
		long start = System.nanoTime();
		long end = start + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
		long before = sum();
		long sent = slowest();
		while (System.nanoTime() < end) {
			if (sent - slowest() < WINDOW) {
				this.send.accept(sent++ + PADDING);
			}
			else {
				LockSupport.parkNanos(20_000);
			}
		}
		double rate = (sum() - before) / ((System.nanoTime() - start) / 1e9);
		while (slowest() < sent) {
			LockSupport.parkNanos(1_000_000);
		}
		return rate;
	}

	private long slowest() {
		return this.receivers.stream().mapToLong(LongSupplier::getAsLong).min().orElseThrow();
	}

	private long sum() {
		return this.receivers.stream().mapToLong(LongSupplier::getAsLong).sum();
	}

}
