package dev.holdfast.server.netty;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyHistogramTests {

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 7, 8, 9, 15, 16, 17, 100, 999, 1000, 65_535, 65_536, 1_000_000, 60_000_000 })
	void bucketWhenInRangeHoldsValueWithinAnEighth(long micros) {
		int bucket = LatencyHistogram.bucket(micros);
		assertThat(LatencyHistogram.highest(bucket)).isBetween(micros, micros + micros / 8);
		if (bucket > 0) {
			assertThat(LatencyHistogram.highest(bucket - 1)).isLessThan(micros);
		}
	}

	@Test
	void bucketWhenNegativeIsFirst() {
		assertThat(LatencyHistogram.bucket(-1)).isZero();
	}

	@Test
	void bucketWhenBeyondRangeIsLast() {
		assertThat(LatencyHistogram.bucket(Long.MAX_VALUE)).isEqualTo(LatencyHistogram.BUCKETS - 1);
	}

	@Test
	void highestWhenBucketsGrowGrows() {
		for (int bucket = 1; bucket < LatencyHistogram.BUCKETS; bucket++) {
			assertThat(LatencyHistogram.highest(bucket)).isGreaterThan(LatencyHistogram.highest(bucket - 1));
			assertThat(LatencyHistogram.bucket(LatencyHistogram.highest(bucket))).isEqualTo(bucket);
		}
	}

	@Test
	void addToWhenRecordedAddsCounts() {
		LatencyHistogram histogram = new LatencyHistogram();
		histogram.record(5_999, 3);
		histogram.record(5_000, 4);
		long[] sum = new long[LatencyHistogram.BUCKETS];
		sum[5] = 1;
		histogram.addTo(sum);
		assertThat(sum[5]).isEqualTo(8);
	}

}
