package dev.holdfast.capacity;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ControlGroup} and {@link SystemMemory}.
 */
class ControlGroupTests {

	private static final String ROOT = "sys/fs/cgroup/";

	@TempDir
	private Path root;

	private FakeSystem system;

	@BeforeEach
	void createSystem() {
		this.system = new FakeSystem(this.root);
	}

	@Test
	void memoryWhenThereIsNoGroupIsOfMachine() {
		assertThat(memory()).isEqualTo(new SystemMemory("machine", 24 * FakeSystem.GIB, 20 * FakeSystem.GIB));
	}

	@Test
	void memoryWhenContainerHasLimitIsOfContainer() {
		this.system.file(ROOT + "memory.max", "536870912\n")
			.file(ROOT + "memory.current", "200000000\n")
			.file(ROOT + "memory.stat", "anon 100\ninactive_file 50000000\nactive_file 7\n");
		assertThat(memory()).isEqualTo(new SystemMemory("cgroup-v2", 536_870_912, 386_870_912));
	}

	@Test
	void memoryWhenOuterGroupIsTighterIsOfOuterGroup() {
		this.system.file("proc/self/cgroup", "0::/system.slice/app.service\n")
			.file(ROOT + "system.slice/app.service/memory.max", "2000000000\n")
			.file(ROOT + "system.slice/app.service/memory.current", "100000000\n")
			.file(ROOT + "system.slice/memory.max", "1000000000\n")
			.file(ROOT + "system.slice/memory.current", "900000000\n");
		assertThat(memory()).isEqualTo(new SystemMemory("cgroup-v2", 1_000_000_000, 100_000_000));
	}

	@Test
	void memoryWhenGroupIsUnlimitedIsOfMachine() {
		this.system.file(ROOT + "memory.max", "max\n").file(ROOT + "memory.current", "200000000\n");
		assertThat(memory().source()).isEqualTo("machine");
	}

	@Test
	void memoryWhenGroupIsLargerThanMachineIsOfMachine() {
		this.system.file(ROOT + "memory.max", "64000000000\n").file(ROOT + "memory.current", "200000000\n");
		assertThat(memory().source()).isEqualTo("machine");
	}

	@Test
	void memoryWhenVersionIsOneReadsItsFiles() {
		this.system.file("proc/self/cgroup", "5:cpu,cpuacct:/docker/a\n4:memory:/docker/a\n0::/\n")
			.file(ROOT + "memory/docker/a/memory.limit_in_bytes", "9223372036854771712\n")
			.file(ROOT + "memory/memory.limit_in_bytes", "1073741824\n")
			.file(ROOT + "memory/memory.usage_in_bytes", "73741824\n")
			.file(ROOT + "memory/memory.stat", "inactive_file 1\ntotal_inactive_file 23741824\n");
		assertThat(memory()).isEqualTo(new SystemMemory("cgroup-v1", 1_073_741_824, 1_023_741_824));
	}

	@Test
	void memoryWhenNothingCanBeReadIsUnknown() {
		SystemMemory memory = SystemMemory.read(new SystemFiles(this.root.resolve("nowhere")));
		assertThat(memory.limit()).isZero();
		assertThat(memory.limit(0, FakeSystem.HEAP, ConnectionCost.TCP)).isNull();
	}

	@Test
	void cpuQuotaWhenThereIsNoneIsNull() {
		this.system.file(ROOT + "cpu.max", "max 100000\n");
		assertThat(ControlGroup.cpuQuota(this.system.files())).isNull();
	}

	@Test
	void cpuQuotaWhenVersionIsTwoIsShareOfPeriod() {
		this.system.file(ROOT + "cpu.max", "150000 100000\n");
		assertThat(ControlGroup.cpuQuota(this.system.files())).isEqualTo(1.5);
	}

	@Test
	void cpuQuotaWhenVersionIsOneIsShareOfPeriod() {
		this.system.file("proc/self/cgroup", "5:cpu,cpuacct:/docker/a\n")
			.file(ROOT + "cpu/docker/a/cpu.cfs_quota_us", "50000\n")
			.file(ROOT + "cpu/docker/a/cpu.cfs_period_us", "100000\n")
			.file(ROOT + "cpu/cpu.cfs_quota_us", "-1\n")
			.file(ROOT + "cpu/cpu.cfs_period_us", "100000\n");
		assertThat(ControlGroup.cpuQuota(this.system.files())).isEqualTo(0.5);
	}

	private SystemMemory memory() {
		return SystemMemory.read(this.system.files());
	}

}
