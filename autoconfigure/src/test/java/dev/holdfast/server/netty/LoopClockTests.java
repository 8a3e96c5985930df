package dev.holdfast.server.netty;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoopClockTests {

	private static final long TICK = LoopClock.duration(1).toNanos();

	@Test
	void ticksWhenZeroOrNegativeIsZero() {
		assertThat(LoopClock.ticks(Duration.ZERO)).isZero();
		assertThat(LoopClock.ticks(Duration.ofNanos(-1))).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 1_000_000, 134_217_728, 134_217_729, 1_000_000_000, 30_000_000_000L })
	void ticksWhenBegunAnywhereInTickNeverEndEarlyAndAtMostTwoTicksLate(long nanos) {
		int ticks = LoopClock.ticks(Duration.ofNanos(nanos));
		long began = System.nanoTime();
		for (long offset = 0; offset < TICK; offset += TICK / 97) {
			int due = LoopClock.tick(began + offset) + ticks;
			assertThat(LoopClock.tick(began + offset + nanos - 1)).isLessThan(due);
			assertThat(LoopClock.tick(began + offset + nanos + 2 * TICK)).isGreaterThanOrEqualTo(due);
		}
	}

	@Test
	void ticksWhenVeryLongDoesNotOverflow() {
		assertThat(LoopClock.ticks(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE / 2);
		assertThat(LoopClock.ticks(Duration.ofDays(365))).isPositive();
	}

	@Test
	void durationWhenOfTicksIsThatLong() {
		assertThat(LoopClock.duration(LoopClock.ticks(Duration.ofSeconds(10)))).isBetween(Duration.ofSeconds(10),
				Duration.ofMillis(10_300));
	}

}
