package dev.holdfast.cluster;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Members}, with the times of production.
 */
class MembersTests {

	private static final NodeReport REPORT = new NodeReport(7, 1.5, Map.of("echo", 7L));

	private final AtomicLong seconds = new AtomicLong(-5);

	private final Members members = new Members(new ClusterSettings("self", "test:", 1024),
			() -> TimeUnit.SECONDS.toNanos(this.seconds.get()));

	@Test
	void reportedWhenNewOrStartedAnewOrBackTellsSo() {
		assertThat(this.members.reported(new PacketHeader(1, "a"), REPORT)).isTrue();
		assertThat(this.members.reported(new PacketHeader(1, "a"), REPORT)).isFalse();
		assertThat(this.members.reported(new PacketHeader(2, "a"), REPORT)).isTrue();
		this.seconds.addAndGet(9);
		assertThat(this.members.reported(new PacketHeader(2, "a"), REPORT)).isTrue();
	}

	@Test
	void nodeWhenSilentForNineSecondsNoLongerCounts() {
		this.members.reported(new PacketHeader(1, "a"), REPORT);
		this.seconds.addAndGet(8);
		assertThat(this.members.present()).containsOnlyKeys("a");
		assertThat(this.members.missing()).isEmpty();
		this.seconds.addAndGet(1);
		assertThat(this.members.present()).isEmpty();
		assertThat(this.members.presentCount()).isZero();
		assertThat(this.members.missing()).containsExactly("a");
	}

	@Test
	void nodeWhenSilentForLongIsForgotten() {
		this.members.reported(new PacketHeader(1, "a"), REPORT);
		this.seconds.addAndGet(54);
		assertThat(this.members.forget()).isEmpty();
		this.seconds.addAndGet(1);
		assertThat(this.members.forget()).containsExactly("a");
		assertThat(this.members.missing()).isEmpty();
	}

	@Test
	void leftWhenStartedAnewMeanwhileKeepsNode() {
		this.members.reported(new PacketHeader(2, "a"), REPORT);
		this.members.left(new PacketHeader(1, "a"));
		assertThat(this.members.present()).containsOnlyKeys("a");
		this.members.left(new PacketHeader(2, "a"));
		assertThat(this.members.present()).isEmpty();
	}

}
