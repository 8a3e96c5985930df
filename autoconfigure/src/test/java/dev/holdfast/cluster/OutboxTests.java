package dev.holdfast.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Outbox}.
 */
class OutboxTests {

	private static final PacketHeader HEADER = new PacketHeader(1, "n");

	private final ClusterTransport transport = mock(ClusterTransport.class);

	private final ClusterCounters counters = new ClusterCounters();

	private final Outbox outbox = new Outbox(this.transport, HEADER, this.counters);

	private final List<String> packets = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void stop() {
		this.outbox.stop(Duration.ZERO);
	}

	private void answerWith(CompletableFuture<Void> future) {
		given(this.transport.publish(any(), any())).willAnswer((call) -> {
			byte[] packet = call.getArgument(1);
			int header = HEADER.bytes().length;
			this.packets.add(call.getArgument(0) + ":"
					+ new String(packet, header, packet.length - header, StandardCharsets.US_ASCII));
			return future;
		});
	}

	@Test
	void addWhenChannelsFollowEachOtherJoinsThemAndKeepsOrder() {
		answerWith(CompletableFuture.completedFuture(null));
		add("a", "1");
		add("a", "2");
		add("b", "3");
		add("a", "4");
		this.outbox.start();
		Awaitility.await().until(() -> this.counters.published.sum() == 4);
		assertThat(this.packets).containsExactly("a:12", "b:3", "a:4");
	}

	@Test
	void addWhenTransportFailsCountsEachFrame() {
		answerWith(CompletableFuture.failedFuture(new IllegalStateException("gone")));
		add("a", "1");
		add("a", "2");
		this.outbox.start();
		Awaitility.await().until(() -> this.counters.failed.sum() == 2);
		assertThat(this.counters.published.sum()).isZero();
	}

	@Test
	void addWhenNothingIsTakenFailsBeyondBoundsWithoutBlocking() {
		answerWith(new CompletableFuture<>());
		this.outbox.start();
		for (int i = 0; i < 70_000; i++) {
			add("channel" + i % 2, "x");
		}
		assertThat(this.counters.failed.sum()).isBetween(70_000L - 65_536 - 300, 70_000L - 65_536);
		assertThat(this.packets).hasSizeLessThanOrEqualTo(256);
	}

	@Test
	void stopWhenFramesWaitPublishesThemFirst() {
		answerWith(CompletableFuture.completedFuture(null));
		this.outbox.start();
		for (int i = 0; i < 1000; i++) {
			add("channel" + i % 2, "x");
		}
		this.outbox.stop(Duration.ofSeconds(20));
		assertThat(this.counters.published.sum()).isEqualTo(1000);
	}

	@Test
	void stopWhenNothingIsTakenGivesUp() {
		answerWith(new CompletableFuture<>());
		this.outbox.start();
		for (int i = 0; i < 1000; i++) {
			add("channel" + i % 2, "x");
		}
		this.outbox.stop(Duration.ofMillis(50));
		Awaitility.await().until(() -> this.counters.failed.sum() == 1000 - this.packets.size());
	}

	private void add(String channel, String text) {
		this.outbox.add(channel, text.getBytes(StandardCharsets.US_ASCII));
	}

}
