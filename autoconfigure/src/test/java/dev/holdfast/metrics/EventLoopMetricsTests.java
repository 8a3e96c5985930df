package dev.holdfast.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.holdfast.server.EventLoops;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

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
		public long blocked(String server) {
			return server.equals("echo") ? 3 : 0;
		}

		@Override
		public Duration lag() {
			return Duration.ofMillis(250);
		}

	};

	private final SocketServers servers = new SocketServers(List.of(server("echo"), server("live")));

	@Test
	@SuppressWarnings("NullAway")
	void createWhenEventLoopsAreNullThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EventLoopMetrics(null, this.servers))
			.withMessage("'eventLoops' must not be null");
	}

	@Test
	void bindToWhenLoopsWereBlockedCountsThem() {
		new EventLoopMetrics(this.eventLoops, this.servers).bindTo(this.registry);
		assertThat(blocked("echo")).isEqualTo(3);
		assertThat(blocked("live")).isZero();
	}

	@Test
	void bindToWhenLoopsLagHasGaugeInTimeUnitOfRegistry() {
		new EventLoopMetrics(this.eventLoops, this.servers).bindTo(this.registry);
		TimeGauge gauge = this.registry.get("holdfast.eventloop.lag").tag("server", "live").timeGauge();
		assertThat(gauge.value(TimeUnit.SECONDS)).isEqualTo(0.25);
		assertThat(gauge.getId().getBaseUnit()).isEqualTo("seconds");
	}

	@Test
	void bindToWhenCalledAgainHasNoEffect() {
		new EventLoopMetrics(this.eventLoops, this.servers).bindTo(this.registry);
		new EventLoopMetrics(this.eventLoops, this.servers).bindTo(this.registry);
		assertThat(this.registry.getMeters()).hasSize(4);
	}

	private double blocked(String server) {
		return this.registry.get("holdfast.eventloop.blocked").tag("server", server).functionCounter().count();
	}

	private static SocketServer server(String name) {
		SocketServer server = mock(SocketServer.class);
		given(server.name()).willReturn(name);
		return server;
	}

}
