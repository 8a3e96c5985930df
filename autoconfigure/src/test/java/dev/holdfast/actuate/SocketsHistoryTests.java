package dev.holdfast.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.holdfast.actuate.SocketsHistory.HistoryDescriptor;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.EventLoops;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketsHistory}.
 */
class SocketsHistoryTests {

	private final AtomicLong clock = new AtomicLong(5000);

	@Test
	void describeWhenNothingWasSampledHasEmptyColumns() {
		HistoryDescriptor descriptor = history(null, FakeServers.running("echo")).describe();
		assertThat(descriptor.times()).isEmpty();
		assertThat(descriptor.lagMillis()).isNull();
		assertThat(descriptor.servers()).containsOnlyKeys("echo");
		assertThat(descriptor.servers().get("echo").active()).isEmpty();
		assertThat(descriptor.servers().get("echo").closed()).isEmpty();
	}

	@Test
	void describeWhenSampledHasColumns() {
		EventLoops eventLoops = mock(EventLoops.class);
		given(eventLoops.lag()).willReturn(Duration.ofNanos(1_260_000), Duration.ofMillis(3));
		SocketsHistory history = history(eventLoops, server(Map.of(CloseReason.IDLE, 4L)));
		history.sample();
		this.clock.set(6000);
		history.sample();
		this.clock.set(6500);
		HistoryDescriptor descriptor = history.describe();
		assertThat(descriptor.now()).isEqualTo(6500);
		assertThat(descriptor.times()).containsExactly(5000, 6000);
		assertThat(descriptor.lagMillis()).containsExactly(1.3, 3);
		assertColumns(descriptor.servers().get("echo"));
	}

	private void assertColumns(@Nullable ServerHistoryDescriptor columns) {
		assertThat(columns).isNotNull();
		assertThat(columns.active()).containsExactly(2, 2);
		assertThat(columns.accepted()).containsExactly(5, 5);
		assertThat(columns.refused()).containsExactly(6, 6);
		assertThat(columns.bytesReceived()).containsExactly(1440, 1440);
		assertThat(columns.bytesSent()).containsExactly(1416, 1416);
		assertThat(columns.qps()).containsExactly(12.0, 12.0);
		assertThat(columns.p50Micros()).containsExactly(14, 14);
		assertThat(columns.p99Micros()).containsExactly(90, 90);
		assertThat(columns.maxMicros()).containsExactly(310, 310);
		assertThat(columns.closed()).containsOnlyKeys(CloseReason.IDLE);
		assertThat(columns.closed().get(CloseReason.IDLE)).containsExactly(4, 4);
	}

	@Test
	void sampleWhenFullForgetsOldest() {
		SocketsHistory history = history(null, FakeServers.running("echo"));
		for (int i = 0; i < SocketsHistory.SAMPLES + 2; i++) {
			this.clock.set(i);
			history.sample();
		}
		long[] times = history.describe().times();
		assertThat(times).hasSize(SocketsHistory.SAMPLES).startsWith(2, 3).endsWith(SocketsHistory.SAMPLES + 1);
	}

	@Test
	void ofWhenNoReasonHappenedAgainSharesCounts() {
		SocketServer server = server(Map.of(CloseReason.IDLE, 4L));
		ServerSample first = ServerSample.of(server.statistics(), null);
		ServerSample second = ServerSample.of(server.statistics(), first);
		assertThat(second.closed()).isSameAs(first.closed());
	}

	@Test
	void startWhenCalledSamplesUntilStopped() {
		SocketsHistory history = new SocketsHistory(new SocketServers(List.of(FakeServers.running("echo"))), null);
		history.start();
		history.start();
		assertThat(history.isRunning()).isTrue();
		await().until(() -> history.describe().times().length > 1);
		history.stop();
		history.stop();
		assertThat(history.isRunning()).isFalse();
		assertThat(history.describe().times()).isSorted();
	}

	private SocketServer server(Map<CloseReason, Long> closed) {
		return FakeServers.server("echo",
				FakeServers.statistics(Map.of(CloseReason.LIMIT_REACHED, 4L, CloseReason.RATE_LIMIT, 2L), closed));
	}

	private SocketsHistory history(@Nullable EventLoops eventLoops, SocketServer server) {
		return new SocketsHistory(new SocketServers(List.of(server)), eventLoops, this.clock::get);
	}

}
