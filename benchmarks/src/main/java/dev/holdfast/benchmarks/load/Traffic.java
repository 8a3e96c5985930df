package dev.holdfast.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What all connections of a load count together. Confined to the event loop.
 */
final class Traffic {

	long sent;

	long received;

	long wrong;

	boolean running = true;

	private final Histogram latency = new Histogram(60_000_000_000L, 3);

	Traffic beginMeasurement() {
		this.latency.reset();
		return this;
	}

	void stop() {
		this.running = false;
	}

	long missing() {
		return this.sent - this.received;
	}

	void latency(long nanos) {
		this.latency.recordValue(Math.min(nanos, this.latency.getHighestTrackableValue()));
	}

	Histogram latencies() {
		return this.latency.copy();
	}

}
