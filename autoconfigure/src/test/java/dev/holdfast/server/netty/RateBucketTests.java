package dev.holdfast.server.netty;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.holdfast.limit.ExcessPolicy;
import dev.holdfast.limit.RateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateBucket} with given times.
 */
class RateBucketTests {

	private static final long REFUSED = Long.MIN_VALUE;

	private static final long MILLI = 1_000_000;

	private long full;

	@Test
	void takeWhenBucketIsNewGivesBurstAtOnce() {
		RateBucket bucket = bucket(10, 5);
		assertThat(take(bucket, 1000, 8)).isEqualTo(5);
	}

	@Test
	void takeWhenTimePassesGivesOneTokenPerPeriod() {
		RateBucket bucket = bucket(10, 5);
		take(bucket, 1000, 5);
		assertThat(take(bucket, 1000 + 100 * MILLI - 1, 3)).isZero();
		assertThat(take(bucket, 1000 + 100 * MILLI, 3)).isOne();
		assertThat(take(bucket, 1000 + 350 * MILLI, 3)).isEqualTo(2);
	}

	@Test
	void takeWhenUnusedForLongGivesNoMoreThanBurst() {
		RateBucket bucket = bucket(10, 5);
		take(bucket, 1000, 5);
		assertThat(take(bucket, 1000 + 3_600_000 * MILLI, 20)).isEqualTo(5);
	}

	@Test
	void takeWhenAskedAllTheTimeGivesRateInTheLongRun() {
		RateBucket bucket = bucket(30, 1);
		long taken = LongStream.range(0, 10_000).map((milli) -> take(bucket, 1 + milli * MILLI, 1)).sum();
		assertThat(taken).isBetween(290L, 301L);
	}

	@Test
	void takeWhenClockIsNegativeOrWrapsWorks() {
		RateBucket bucket = bucket(10, 2);
		assertThat(take(bucket, -5 * MILLI, 3)).isEqualTo(2);
		this.full = 0;
		assertThat(take(bucket, Long.MAX_VALUE - 10 * MILLI, 3)).isEqualTo(2);
		assertThat(take(bucket, Long.MAX_VALUE + 90 * MILLI, 3)).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "0.001, 2147483647", "1e-9, 3", "1000000000, 1", "0.5, 1" })
	void takeWhenLimitIsExtremeGivesAtLeastOne(double rate, int burst) {
		RateBucket bucket = bucket(rate, burst);
		assertThat(take(bucket, 1, Math.min(burst, 1000))).isEqualTo(Math.min(burst, 1000));
	}

	@Test
	void millisUntilNextWhenWaitedForGivesTokenAndNotMuchEarlier() {
		RateBucket bucket = bucket(7, 3);
		take(bucket, 1000, 3);
		long millis = bucket.millisUntilNext(this.full, 1000);
		assertThat(millis).isBetween(142L, 144L);
		assertThat(bucket.take(this.full, 1000 + (millis - 2) * MILLI)).isEqualTo(REFUSED);
		assertThat(bucket.take(this.full, 1000 + millis * MILLI)).isNotEqualTo(REFUSED);
	}

	@Test
	void millisUntilNextWhenTokenIsThereIsShort() {
		assertThat(bucket(7, 3).millisUntilNext(1000, 5000 * MILLI)).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void isConsumingWhenPolicyIsNotThrottleIsTrue(ExcessPolicy policy) {
		RateBucket bucket = new RateBucket(new RateLimit(1, 1, policy));
		assertThat(bucket.onExcess()).isEqualTo(policy);
		assertThat(bucket.isConsuming()).isEqualTo(policy != ExcessPolicy.THROTTLE);
	}

	private int take(RateBucket bucket, long now, int times) {
		int taken = 0;
		for (int i = 0; i < times; i++) {
			long next = bucket.take(this.full, now);
			if (next != REFUSED) {
				this.full = next;
				taken++;
			}
		}
		return taken;
	}

	private static RateBucket bucket(double rate, int burst) {
		return new RateBucket(new RateLimit(rate, burst, ExcessPolicy.THROTTLE));
	}

}
