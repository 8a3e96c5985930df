package dev.holdfast.capacity;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Descriptors}.
 */
class DescriptorsTests {

	@TempDir
	private Path root;

	@ParameterizedTest
	@CsvSource({ "20000, 120, 0, 18880", "20000, 15120, 15000, 18880", "2000, 126, 0, 1746", "1000000, 500, 0, 995404",
			"1024, 0, 0, 896", "200, 150, 0, 1", "20000, 0, 5, 19000", "0, 0, 0, 0" })
	void maxConnectionsWhenDescriptorsAreGivenLeavesOpenOnesAndHeadroom(long soft, long open, long active,
			long expected) {
		assertThat(new Descriptors(soft, soft, open).maxConnections(active)).isEqualTo(expected);
	}

	@Test
	void currentWhenProcessHasLimitIsRead() {
		Descriptors current = Descriptors.current();
		assertThat(current.open()).isPositive();
		assertThat(current.maxConnections(0)).isNotNegative().isLessThan(Long.MAX_VALUE / 2);
	}

	@Test
	void readWhenFilesAreThereReadsThem() {
		new FakeSystem(this.root).descriptors("20000", "524288", 120);
		assertThat(Descriptors.read(new SystemFiles(this.root))).isEqualTo(new Descriptors(20_000, 524_288, 120));
	}

	@Test
	void readWhenHardLimitIsMissingKnowsSoftOne() {
		new FakeSystem(this.root).descriptors("1024", "unlimited", 3);
		assertThat(Descriptors.read(new SystemFiles(this.root)).hard()).isZero();
		assertThat(Descriptors.read(new SystemFiles(this.root)).soft()).isEqualTo(1024);
	}

	@Test
	void readWhenUnlimitedHasNoLimit() {
		new FakeSystem(this.root).descriptors("unlimited", "unlimited", 3);
		Descriptors descriptors = Descriptors.read(new SystemFiles(this.root));
		assertThat(descriptors.maxConnections(0)).isZero();
		assertThat(descriptors.limit(0, OptionalLong.empty())).isNull();
	}

	@Test
	void readWhenThereIsNoProcAsksVirtualMachine() {
		Descriptors descriptors = Descriptors.read(new SystemFiles(this.root.resolve("nowhere")));
		assertThat(descriptors.soft()).isEqualTo(Descriptors.current().soft());
	}

	@Test
	void limitWhenTargetIsAboveSystemMaximumTellsThatToo() {
		CapacityLimit limit = Objects
			.requireNonNull(new Descriptors(1_048_576, 1_048_576, 100).limit(0, OptionalLong.of(1_048_576)));
		assertThat(limit.cures()).containsEntry("systemd", "LimitNOFILE=2097152")
			.containsEntry("sysctl", "sysctl -w fs.nr_open=2097152");
	}

}
