package dev.holdfast.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.holdfast.server.EventLoops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventLoopMetrics}.
 */
class EventLoopMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final EventLoops eventLoops = new EventLoops() {

		@Override
		public int count() {
			return 2;
		}

		@Override
		public long blocked() {
			return 3;
		}

		@Override
		public Duration lag() {
			return Duration.ofMillis(250);
		}

	};

	@Test
	@SuppressWarnings("NullAway")
	void createWhenEventLoopsAreNullThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EventLoopMetrics(null))
			.withMessage("'eventLoops' must not be null");
	}

	@Test
	void bindToWhenLoopsWereBlockedCountsThem() {
		new EventLoopMetrics(this.eventLoops).bindTo(this.registry);
		assertThat(this.registry.get("holdfast.eventloop.blocked").functionCounter().count()).isEqualTo(3);
	}

	@Test
	void bindToWhenLoopsLagHasGaugeInTimeUnitOfRegistry() {
		new EventLoopMetrics(this.eventLoops).bindTo(this.registry);
		assertThat(this.registry.get("holdfast.eventloop.lag").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(0.25);
		assertThat(this.registry.get("holdfast.eventloop.lag").timeGauge().getId().getBaseUnit()).isEqualTo("seconds");
	}

	@Test
	void bindToWhenCalledAgainHasNoEffect() {
		new EventLoopMetrics(this.eventLoops).bindTo(this.registry);
		new EventLoopMetrics(this.eventLoops).bindTo(this.registry);
		assertThat(this.registry.getMeters()).hasSize(2);
	}

}
