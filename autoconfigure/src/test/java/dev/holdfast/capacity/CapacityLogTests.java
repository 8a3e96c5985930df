package dev.holdfast.capacity;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CapacityLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CapacityLogTests {

	@TempDir
	private Path root;

	private FakeSystem system;

	@BeforeEach
	void createSystem() {
		this.system = new FakeSystem(this.root);
	}

	@Test
	void startedWhenLimitIsHighLogsOneLinePerServer(CapturedOutput output) {
		this.system.descriptors("20000", "20000", 120);
		start(CapacityServers.server("echo", 0), CapacityServers.limited("live", 0, 100));
		assertThat(output).contains(
				"Server 'echo' listens on 0.0.0.0:9000 and can take 18,880 connections, limited by file-descriptors")
			.contains("Server 'live' listens on 0.0.0.0:9000 and can take 100 connections,"
					+ " limited by holdfast.servers.live.limits.max-connections")
			.doesNotContain("WARN");
	}

	@Test
	void startedWhenLimitIsLowWarnsOnceWithCure(CapturedOutput output) {
		this.system.descriptors("1024", "1024", 100);
		start(CapacityServers.server("echo", 0), CapacityServers.server("live", 0));
		assertThat(output).containsOnlyOnce("Only 796 connections are possible")
			.contains("WARN")
			.contains("systemd: LimitNOFILE=1048576");
	}

	@Test
	void startedWhenMoreIsConfiguredThanPossibleWarns(CapturedOutput output) {
		this.system.descriptors("20000", "20000", 120);
		start(CapacityServers.limited("echo", 0, 50_000));
		assertThat(output).containsOnlyOnce("50,000 connections are configured, 18,880 are possible");
	}

	private void start(SocketServer... servers) {
		CapacityLog log = new CapacityLog(new CapacityEstimator(new SocketServers(List.of(servers)), 0,
				this.system.files(), () -> FakeSystem.HEAP));
		List.of(servers).forEach(log::started);
	}

}
