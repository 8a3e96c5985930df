package dev.holdfast.server.netty;

import org.junit.jupiter.api.Test;

import dev.holdfast.server.ServerStatistics.Latency;

import static org.assertj.core.api.Assertions.assertThat;

class LatencySamplesTests {

	private final LatencySamples samples = new LatencySamples();

	private final LatencyHistogram histogram = new LatencyHistogram();

	@Test
	void latencyWhenNothingWasRecordedIsZero() {
		assertThat(this.samples.latency(counts())).isEqualTo(new Latency(0, 0, 0));
	}

	@Test
	void latencyWhenRecordedHasPercentiles() {
		this.histogram.record(2_000, 50);
		this.histogram.record(3_000, 49);
		this.histogram.record(7_000, 1);
		assertThat(this.samples.latency(counts())).isEqualTo(new Latency(2, 3, 7));
	}

	@Test
	void latencyWhenMinuteHasPassedForgets() {
		this.histogram.record(7_000, 10);
		passSeconds(55);
		assertThat(this.samples.latency(counts())).isEqualTo(new Latency(7, 7, 7));
		passSeconds(10);
		this.histogram.record(1_000, 1);
		assertThat(this.samples.latency(counts())).isEqualTo(new Latency(1, 1, 1));
	}

	private void passSeconds(int seconds) {
		for (int i = 0; i < seconds; i++) {
			if (this.samples.isDue()) {
				this.samples.sample(counts());
			}
		}
	}

	private long[] counts() {
		long[] counts = new long[LatencyHistogram.BUCKETS];
		this.histogram.addTo(counts);
		return counts;
	}

}
