package dev.holdfast.server.netty;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AcceptGuard}.
 */
class AcceptGuardTests {

	private final AtomicLong failures = new AtomicLong();

	private final RecordedLog log = RecordedLog.of(AcceptGuard.class);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void readWhenThereIsNoRateNeverPauses() {
		EmbeddedChannel channel = channel(0);
		for (int i = 0; i < 1000; i++) {
			channel.writeInbound(i);
			assertThat(channel.config().isAutoRead()).isTrue();
		}
	}

	@Test
	void readWhenRateIsReachedPausesForItsTime() {
		EmbeddedChannel channel = channel(5);
		long began = System.nanoTime();
		channel.writeInbound("connection");
		assertThat(channel.<Object>readInbound()).isEqualTo("connection");
		assertThat(channel.config().isAutoRead()).isFalse();
		assertThat(untilResumed(channel, began)).isBetween(Duration.ofMillis(190), Duration.ofMillis(400));
	}

	@Test
	void failureWhenThereIsNoRatePausesForSecondAndEndsThere() {
		EmbeddedChannel channel = channel(0);
		long began = System.nanoTime();
		channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
		channel.checkException();
		assertThat(untilResumed(channel, began)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1300));
		assertThat(this.failures).hasValue(1);
		assertThat(this.log.lines()).containsExactly(
				"Server 'test' cannot accept connections for a second: java.io.IOException: Too many open files");
	}

	@Test
	void failureWhenPausedByRatePausesForSecondNevertheless() {
		EmbeddedChannel channel = channel(20);
		channel.writeInbound("connection");
		long began = System.nanoTime();
		channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
		assertThat(untilResumed(channel, began)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1300));
	}

	@Test
	void failureWhenRepeatedCountsAllAndLogsOnce() {
		EmbeddedChannel channel = channel(0);
		for (int i = 0; i < 10; i++) {
			channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
		}
		assertThat(this.failures).hasValue(10);
		assertThat(this.log.lines()).hasSize(1);
	}

	private EmbeddedChannel channel(int rate) {
		return new EmbeddedChannel(new AcceptGuard("test", rate, this.failures::incrementAndGet));
	}

	private static Duration untilResumed(EmbeddedChannel channel, long began) {
		await().pollInterval(Duration.ofMillis(5)).until(() -> {
			channel.runScheduledPendingTasks();
			return channel.config().isAutoRead();
		});
		return Duration.ofNanos(System.nanoTime() - began);
	}

}
