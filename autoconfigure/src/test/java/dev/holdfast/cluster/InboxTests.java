package dev.holdfast.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Inbox}: a node that carries out more slowly than it receives.
 */
class InboxTests {

	private static final PacketHeader SLOW = new PacketHeader(0, "slow");

	private final ClusterCounters counters = new ClusterCounters();

	private final CountDownLatch released = new CountDownLatch(1);

	private final List<Integer> delivered = new CopyOnWriteArrayList<>();

	private final Inbox inbox = new Inbox((frames) -> {
		awaitRelease();
		frames.readInt();
		frames.readByte();
		this.delivered.add(frames.readInt());
	}, this.counters);

	private void awaitRelease() {
		try {
			this.released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@AfterEach
	void stop() {
		this.inbox.stop();
	}

	@Test
	void addWhenFullDropsAndCountsAndNeverBlocks() {
		this.inbox.start();
		for (int i = 0; i < 10_000; i++) {
			int number = i;
			this.inbox.add(SLOW, Unpooled.wrappedBuffer(Wire.frame(FrameType.SEND, (out) -> out.writeInt(number))));
		}
		long dropped = this.counters.dropped.sum();
		assertThat(dropped).isBetween(1_800L, 1_810L);
		this.released.countDown();
		Awaitility.await().until(() -> this.delivered.size() == 10_000 - dropped);
		assertThat(this.delivered).isSorted().startsWith(0, 1, 2);
	}

	@Test
	void addWhenBytesAreTooManyDropsAndCounts() {
		byte[] frame = Wire.frame(FrameType.SEND, (out) -> out.writeInt(1).writeZero(1024 * 1024));
		for (int i = 0; i < 70; i++) {
			this.inbox.add(SLOW, Unpooled.wrappedBuffer(frame));
		}
		assertThat(this.counters.dropped.sum()).isEqualTo(7);
	}

}
