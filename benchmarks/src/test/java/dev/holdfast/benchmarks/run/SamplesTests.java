package dev.holdfast.benchmarks.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Samples}.
 */
class SamplesTests {

	@Test
	void medianWhenCountIsOddReturnsMiddle() {
		assertThat(samples(9, 1, 5).median()).isEqualTo(5);
	}

	@Test
	void medianWhenCountIsEvenReturnsMeanOfMiddle() {
		assertThat(samples(9, 1, 5, 7).median()).isEqualTo(6);
	}

	@Test
	void ratioWhenRoundsDifferReturnsMedianOfRatios() {
		assertThat(samples(10, 30, 200).ratio(samples(10, 10, 100))).isEqualTo(2);
	}

	@Test
	void minusWhenRoundsDifferReturnsMedianOfDifferences() {
		assertThat(samples(10, 30, 200).minus(samples(9, 10, 100))).isEqualTo(20);
	}

	private static Samples samples(double... values) {
		Samples samples = new Samples();
		for (double value : values) {
			samples.add(value);
		}
		return samples;
	}

}
