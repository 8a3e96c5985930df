package dev.holdfast.server.netty;

import org.junit.jupiter.api.Test;

import dev.holdfast.server.ServerStatistics.Qps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SecondSamplesTests {

	private static final long SECOND = 1_000_000_000L;

	private static final long START = -5 * SECOND;

	private final SecondSamples samples = new SecondSamples(START);

	@Test
	void qpsWhenNothingHappenedIsZero() {
		assertThat(qps(0.5, 0)).isEqualTo(new Qps(0, 0, 0, 0));
	}

	@Test
	void qpsWhenYoungerThanSecondDividesBySecond() {
		assertThat(qps(0.1, 50).last1s()).isEqualTo(50);
	}

	@Test
	void qpsWhenSteadyIsSameInAllWindows() {
		sampleSteady(100, 70);
		assertThat(qps(70, 7000)).isEqualTo(new Qps(100, 100, 100, 100));
	}

	@Test
	void qpsWhenBetweenSamplesDividesByTimeThatPassed() {
		sampleSteady(100, 20);
		assertThat(qps(20.5, 2050).last1s()).isCloseTo(100, within(0.001));
	}

	@Test
	void qpsWhenIdleFallsBackToZero() {
		sampleSteady(100, 20);
		sampleIdle(2000, 21, 22);
		assertThat(qps(22, 2000).last1s()).isZero();
		assertThat(qps(22, 2000).last10s()).isCloseTo(80, within(0.001));
		sampleIdle(2000, 23, 90);
		assertThat(qps(90, 2000)).isEqualTo(new Qps(0, 0, 0, 100));
	}

	@Test
	void qpsWhenSamplesAreLateIsStillRight() {
		this.samples.sample(at(1), 100);
		this.samples.sample(at(4), 400);
		assertThat(qps(4, 400).last1s()).isCloseTo(100, within(0.001));
		assertThat(qps(4, 400).peak()).isCloseTo(100, within(0.001));
	}

	@Test
	void peakWhenSeenOnceIsNotForgotten() {
		this.samples.sample(at(1), 0);
		this.samples.sample(at(2), 10);
		assertThat(qps(2.5, 160).peak()).isEqualTo(qpsOf(160, 1.5));
		this.samples.sample(at(3), 160);
		sampleIdle(160, 4, 10);
		assertThat(qps(10, 160).peak()).isEqualTo(150);
	}

	@Test
	void peakWhenShownOnceDoesNotFall() {
		this.samples.sample(at(1), 0);
		assertThat(qps(2, 150).peak()).isEqualTo(150);
		this.samples.sample(at(3), 150);
		assertThat(qps(3, 150).peak()).isEqualTo(150);
	}

	private static double qpsOf(long messages, double seconds) {
		return messages / seconds;
	}

	private void sampleSteady(int rate, int seconds) {
		for (int second = 1; second <= seconds; second++) {
			this.samples.sample(at(second), (long) rate * second);
		}
	}

	private void sampleIdle(long total, int from, int to) {
		for (int second = from; second <= to; second++) {
			this.samples.sample(at(second), total);
		}
	}

	private Qps qps(double second, long total) {
		return this.samples.qps(at(second), total);
	}

	private static long at(double second) {
		return START + (long) (second * SECOND);
	}

}
