package dev.holdfast.capacity;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CapacityEstimator}.
 */
class CapacityEstimatorTests {

	@TempDir
	private Path root;

	private FakeSystem system;

	@BeforeEach
	void createSystem() {
		this.system = new FakeSystem(this.root);
	}

	@Test
	void estimateWhenDescriptorLimitIsTwentyThousandNamesDescriptorsAndHowToRaiseThem() {
		this.system.descriptors("20000", "20000", 120);
		Capacity capacity = estimate(0, CapacityServers.server("echo", 0));
		assertThat(capacity.bindingLimit()).isEqualTo("file-descriptors");
		assertThat(capacity.connections()).isEqualTo(18_880);
		CapacityLimit first = capacity.limits().get(0);
		assertThat(first.value()).isEqualTo(20_000);
		assertThat(first.cures()).containsEntry("systemd", "LimitNOFILE=1048576")
			.containsEntry("docker", "--ulimit nofile=1048576:1048576")
			.containsEntry("compose", "ulimits: {nofile: {soft: 1048576, hard: 1048576}}")
			.doesNotContainKey("sysctl");
	}

	@Test
	void estimateWhenConnectionsAreOpenCountsThemIn() {
		this.system.descriptors("20000", "20000", 140);
		Capacity capacity = estimate(0, CapacityServers.server("echo", 15), CapacityServers.server("live", 5));
		assertThat(capacity.active()).isEqualTo(20);
		assertThat(capacity.connections()).isEqualTo(18_880);
		assertThat(server(capacity, "live").connections()).isEqualTo(18_865);
	}

	@Test
	void estimateWhenDescriptorLimitIsHighAndMemoryLimitSmallNamesMemory() {
		this.system.file("sys/fs/cgroup/memory.max", "536870912\n").file("sys/fs/cgroup/memory.current", "200000000\n");
		Capacity capacity = estimate(0, CapacityServers.server("echo", 0));
		long free = 536_870_912 - 200_000_000 - 536_870_912 / 20;
		assertThat(capacity.bindingLimit()).isEqualTo("memory");
		assertThat(capacity.connections()).isEqualTo(free / ConnectionCost.TCP.bytes());
		assertThat(capacity.limits().get(0).value()).isEqualTo(536_870_912);
		assertThat(capacity.limits().get(0).cures()).containsEntry("docker", "--memory=1024m");
		assertThat(capacity.findings()).extracting(Finding::subject).containsExactly("heap");
	}

	@Test
	void estimateWhenHeapHasGrownCountsKernelOnly() {
		this.system.file("sys/fs/cgroup/memory.max", "536870912\n").file("sys/fs/cgroup/memory.current", "400000000\n");
		HeapMemory grown = new HeapMemory(300_000_000, 20_000_000, 300_000_000);
		Capacity capacity = new CapacityEstimator(servers(CapacityServers.server("echo", 0)), 0, this.system.files(),
				() -> grown)
			.estimate();
		assertThat(capacity.connections())
			.isEqualTo((536_870_912 - 400_000_000 - 536_870_912 / 20) / ConnectionCost.TCP.kernelBytes());
	}

	@Test
	void estimateWhenHeapIsSmallNamesItAndItsFlag() {
		HeapMemory small = new HeapMemory(64 * 1024 * 1024, 20_000_000, 30_000_000);
		Capacity capacity = new CapacityEstimator(servers(CapacityServers.server("echo", 0)), 0, this.system.files(),
				() -> small)
			.estimate();
		assertThat(capacity.bindingLimit()).isEqualTo("heap-memory");
		assertThat(capacity.connections()).isEqualTo((48 * 1024 * 1024 - 20_000_000) / ConnectionCost.TCP.heapBytes());
		assertThat(capacity.limits().get(0).cures()).containsEntry("java", "-Xmx128m");
	}

	@Test
	void estimateWhenTcpMemoryIsSmallNamesItAndItsSetting() {
		this.system.file("proc/sys/net/ipv4/tcp_mem", "5000 7000 9000\n");
		Capacity capacity = estimate(0, CapacityServers.server("echo", 0));
		assertThat(capacity.bindingLimit()).isEqualTo("tcp-memory");
		assertThat(capacity.connections()).isEqualTo(9000);
		assertThat(capacity.limits().get(0).cures()).containsEntry("sysctl",
				"sysctl -w net.ipv4.tcp_mem='10000 14000 18000'");
		assertThat(Objects.requireNonNull(capacity.machine().tcpMemory()).used()).isEqualTo(149);
	}

	@Test
	void estimateWhenProcessIsLimitedNamesProperty() {
		Capacity capacity = estimate(500, CapacityServers.server("echo", 0));
		assertThat(capacity.bindingLimit()).isEqualTo("holdfast.max-connections");
		assertThat(capacity.connections()).isEqualTo(500);
		assertThat(capacity.findings()).isEmpty();
	}

	@Test
	void estimateWhenEachServerIsLimitedNamesTheirSum() {
		Capacity capacity = estimate(0, CapacityServers.limited("a", 0, 100), CapacityServers.limited("b", 0, 200));
		assertThat(capacity.bindingLimit()).isEqualTo("holdfast.servers.*.limits.max-connections");
		assertThat(capacity.connections()).isEqualTo(300);
		assertThat(server(capacity, "b").connections()).isEqualTo(200);
		assertThat(server(capacity, "b").bindingLimit()).isEqualTo("holdfast.servers.b.limits.max-connections");
	}

	@Test
	void estimateWhenOneServerIsLimitedLimitsOnlyThat() {
		Capacity capacity = estimate(0, CapacityServers.limited("a", 0, 100), CapacityServers.server("b", 0));
		assertThat(capacity.connections()).isEqualTo(server(capacity, "b").connections()).isGreaterThan(100_000);
		assertThat(server(capacity, "a").connections()).isEqualTo(100);
	}

	@Test
	void estimateWhenOneServerHasTlsCountsItsCost() {
		SocketServer secured = CapacityServers.server("secured", 0, "websocket", true, 0, 0);
		Capacity capacity = estimate(0, CapacityServers.server("echo", 0), secured);
		ConnectionCost cost = ConnectionCost.WEBSOCKET.plus(ConnectionCost.TLS);
		assertThat(server(capacity, "secured").connectionCost()).isEqualTo(cost);
		assertThat(server(capacity, "echo").connectionCost()).isEqualTo(ConnectionCost.TCP);
		assertThat(limit(capacity, "heap-memory").connections())
			.isEqualTo((3 * FakeSystem.GIB - 40_000_000) / cost.heapBytes());
	}

	@Test
	void estimateWhenMoreIsConfiguredThanPossibleFindsIt() {
		this.system.descriptors("20000", "20000", 120);
		Capacity capacity = estimate(30_000, CapacityServers.limited("echo", 0, 50_000));
		assertThat(capacity.bindingLimit()).isEqualTo("file-descriptors");
		assertThat(capacity.findings()).extracting(Finding::subject)
			.containsExactly("holdfast.max-connections", "holdfast.servers.echo.limits.max-connections");
		assertThat(capacity.findings().get(0).cure()).contains("LimitNOFILE=1048576");
	}

	@Test
	void estimateWhenLimitIsLowFindsIt() {
		this.system.descriptors("1024", "1024", 100);
		Finding finding = estimate(0, CapacityServers.server("echo", 0)).findings().get(0);
		assertThat(finding.subject()).isEqualTo("connections");
		assertThat(finding.message())
			.isEqualTo("Only 796 connections are possible, limited by file-descriptors (1,024 descriptors)");
	}

	@Test
	void estimateWhenBacklogIsShortenedFindsIt() {
		Capacity capacity = estimate(0, CapacityServers.server("echo", 0, "tcp", false, 0, 65_535));
		assertThat(capacity.findings()).singleElement()
			.isEqualTo(new Finding("holdfast.servers.echo.socket.backlog",
					"The system shortens the backlog of 65535 to 4096",
					"sysctl -w net.core.somaxconn=65535, then restart"));
	}

	@Test
	void estimateWhenCpuQuotaIsLessThanProcessorsFindsIt() {
		this.system.file("sys/fs/cgroup/cpu.max", "10000 100000\n");
		Capacity capacity = estimate(0, CapacityServers.server("echo", 0));
		assertThat(capacity.machine().cpuQuota()).isEqualTo(0.1);
		assertThat(capacity.findings()).extracting(Finding::subject).containsExactly("cpu");
	}

	@Test
	void estimateWhenNothingCanBeReadKnowsHeap() {
		Capacity capacity = new CapacityEstimator(servers(), 0, new SystemFiles(this.root.resolve("nowhere")),
				() -> FakeSystem.HEAP)
			.estimate();
		assertThat(capacity.limits()).extracting(CapacityLimit::name).contains("heap-memory").doesNotContain("memory");
	}

	@Test
	void estimateWhenMachineIsRealKnowsIt() {
		Capacity capacity = new CapacityEstimator(servers(CapacityServers.server("echo", 0)), 0).estimate();
		assertThat(capacity.connections()).isPositive();
		assertThat(capacity.machine().heap().max()).isPositive();
		assertThat(capacity.machine().heap().used()).isBetween(1L, capacity.machine().heap().max());
		assertThat(capacity.limits()).extracting(CapacityLimit::connections).isSorted();
	}

	private Capacity estimate(long maxConnections, SocketServer... servers) {
		return new CapacityEstimator(servers(servers), maxConnections, this.system.files(), () -> FakeSystem.HEAP)
			.estimate();
	}

	private static SocketServers servers(SocketServer... servers) {
		return new SocketServers(List.of(servers));
	}

	private static ServerCapacity server(Capacity capacity, String name) {
		return Objects.requireNonNull(capacity.servers().get(name));
	}

	private static CapacityLimit limit(Capacity capacity, String name) {
		return capacity.limits().stream().filter((limit) -> limit.name().equals(name)).findFirst().orElseThrow();
	}

}
