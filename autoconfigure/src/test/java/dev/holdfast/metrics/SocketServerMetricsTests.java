package dev.holdfast.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.ServerStatistics.ByteCounts;
import dev.holdfast.server.ServerStatistics.ConnectionCounts;
import dev.holdfast.server.ServerStatistics.Latency;
import dev.holdfast.server.ServerStatistics.MessageCounts;
import dev.holdfast.server.ServerStatistics.Qps;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link SocketServerMetrics}.
 */
class SocketServerMetricsTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final SocketServer echo = server("echo", 1);

	private final SocketServer live = server("live", 1000);

	private final SocketServerMetrics metrics = new SocketServerMetrics(
			new SocketServers(List.of(this.echo, this.live)), this.clock);

	@Test
	void createWhenServersAreNullThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SocketServerMetrics(null))
			.withMessage("'servers' must not be null");
	}

	@ParameterizedTest
	@CsvSource({ "holdfast.connections.active, 2", "holdfast.qps, 18" })
	void bindToWhenServerHasMomentaryValuesRegistersGauges(String name, double expected) {
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.get(name).tag("server", "echo").gauge().value()).isEqualTo(expected);
		assertThat(this.registry.get(name).tag("server", "live").gauge().value()).isEqualTo(expected * 1000);
	}

	@ParameterizedTest
	@CsvSource({ "holdfast.connections.accepted, 5", "holdfast.connections.accept-failures, 7",
			"holdfast.messages.received, 10", "holdfast.messages.sent, 11", "holdfast.messages.failed, 12",
			"holdfast.messages.dropped, 13", "holdfast.bytes.received, 16", "holdfast.bytes.sent, 17" })
	void bindToWhenServerCountsRegistersCounters(String name, double expected) {
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.get(name).tag("server", "echo").functionCounter().count()).isEqualTo(expected);
		assertThat(this.registry.get(name).tag("server", "live").functionCounter().count()).isEqualTo(expected * 1000);
	}

	@Test
	void bindToWhenServerCountsByReasonRegistersCounterForEachReason() {
		this.metrics.bindTo(this.registry);
		for (CloseReason reason : CloseReason.values()) {
			assertThat(counted("holdfast.connections.refused", reason))
				.isEqualTo((reason == CloseReason.LIMIT_REACHED) ? 6 : 0);
			assertThat(counted("holdfast.connections.closed", reason))
				.isEqualTo((reason == CloseReason.CLIENT) ? 3 : 0);
		}
	}

	@Test
	void bindToWhenServerHandlesRegistersTimer() {
		this.metrics.bindTo(this.registry);
		FunctionTimer timer = this.registry.get("holdfast.handler").tag("server", "echo").functionTimer();
		assertThat(timer.count()).isEqualTo(14);
		assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isCloseTo(15, offset(1e-6));
	}

	@Test
	void bindToWhenMetersHaveSameNameGivesThemSameTagKeys() {
		this.metrics.bindTo(this.registry);
		Map<String, Set<List<String>>> shapes = this.registry.getMeters()
			.stream()
			.collect(Collectors.groupingBy((meter) -> meter.getId().getName(),
					Collectors.mapping(this::shape, Collectors.toSet())));
		assertThat(shapes).hasSize(13).allSatisfy((name, shape) -> assertThat(shape).hasSize(1));
	}

	@Test
	void bindToWhenCalledTwiceRegistersOnce() {
		this.metrics.bindTo(this.registry);
		int meters = this.registry.getMeters().size();
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.getMeters()).hasSize(meters);
	}

	@Test
	void scrapeWhenThereAreManyMetersTakesStatisticsOncePerServer() {
		this.metrics.bindTo(this.registry);
		scrape();
		then(this.echo).should(times(1)).statistics();
		then(this.live).should(times(1)).statistics();
	}

	@Test
	void scrapeWhenHalfSecondHasPassedTakesStatisticsAnew() {
		this.metrics.bindTo(this.registry);
		scrape();
		this.clock.add(Duration.ofMillis(499));
		scrape();
		then(this.echo).should(times(1)).statistics();
		this.clock.add(Duration.ofMillis(1));
		given(this.echo.statistics()).willReturn(statistics(3));
		assertThat(this.registry.get("holdfast.connections.active").tag("server", "echo").gauge().value()).isEqualTo(6);
	}

	private void scrape() {
		this.registry.getMeters().forEach((meter) -> meter.measure().forEach((measurement) -> measurement.getValue()));
	}

	private double counted(String name, CloseReason reason) {
		return this.registry.get(name).tags("server", "echo", "reason", reason.name()).functionCounter().count();
	}

	private List<String> shape(Meter meter) {
		return meter.getId().getTags().stream().map(Tag::getKey).toList();
	}

	private static SocketServer server(String name, long factor) {
		SocketServer server = mock(SocketServer.class);
		given(server.name()).willReturn(name);
		given(server.statistics()).willReturn(statistics(factor));
		return server;
	}

	private static ServerStatistics statistics(long factor) {
		return new ServerStatistics(
				new ConnectionCounts(2 * factor, 4 * factor, 5 * factor, 7 * factor,
						Map.of(CloseReason.LIMIT_REACHED, 6 * factor), Map.of(CloseReason.CLIENT, 3 * factor)),
				new MessageCounts(10 * factor, 11 * factor, 12 * factor, 13 * factor, 0, 14 * factor, 15 * factor),
				new ByteCounts(16 * factor, 17 * factor), new Qps(18 * factor, 19 * factor, 20 * factor, 21 * factor),
				new Latency(22, 23, 24));
	}

}
