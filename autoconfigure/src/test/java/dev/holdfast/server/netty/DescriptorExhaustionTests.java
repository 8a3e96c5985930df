package dev.holdfast.server.netty;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * More clients than a process has file descriptors: 2,000 of them, or 20,000 with
 * {@code -Dholdfast.descriptors=20000}.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class DescriptorExhaustionTests {

	private static final int DESCRIPTORS = Integer.getInteger("holdfast.descriptors", 2000);

	private static final int HALF = DESCRIPTORS / 2 + 250;

	private static final long HEADROOM = Math.max(128, DESCRIPTORS / 20);

	private static final String FAILURES = "holdfast.connections.accept-failures";

	@TempDir
	private Path directory;

	@Test
	void connectionsWhenDefaultLimitIsReachedAreRefusedAndServiceGoesOn() throws Exception {
		try (CrowdedProcess server = start();
				ConnectionLoad first = new ConnectionLoad(server.port());
				ConnectionLoad second = new ConnectionLoad(server.port())) {
			first.open(HALF, "127.0.0.11");
			first.ask();
			second.open(HALF, "127.0.0.12");
			await().atMost(Duration.ofSeconds(30))
				.until(() -> server.count("refused") + server.count("active") == 2 * HALF);
			assertThat(server.count("active")).isBetween(DESCRIPTORS * 4L / 5, DESCRIPTORS - HEADROOM);
			assertQuiet(server);
			assertThat(server.meter(FAILURES)).isZero();
			second.closeAll();
			await().atMost(Duration.ofSeconds(30)).until(() -> server.count("active") == HALF);
			assertGoesOn(server, first);
		}
	}

	@Test
	void connectionsWhenDescriptorsRunOutWaitAndServiceGoesOn() throws Exception {
		try (CrowdedProcess server = start("--holdfast.max-connections=0");
				ConnectionLoad first = new ConnectionLoad(server.port());
				ConnectionLoad second = new ConnectionLoad(server.port())) {
			assertThat(server.count("refused")).isZero();
			assertThat(server.meter(FAILURES)).isZero();
			first.open(HALF, "127.0.0.13");
			first.ask();
			second.open(HALF, "127.0.0.14");
			await().atMost(Duration.ofSeconds(30)).until(() -> server.meter(FAILURES) > 0);
			assertThat(server.count("active")).isBetween(DESCRIPTORS - 600L, DESCRIPTORS - 10L);
			assertQuiet(server);
			assertThat(server.meter(FAILURES)).isLessThan(30);
			assertThat(server.count("refused")).isZero();
			first.closeAll();
			await().atMost(Duration.ofSeconds(30)).until(() -> server.count("active") == HALF);
			assertGoesOn(server, second);
		}
	}

	private CrowdedProcess start(String... arguments) throws IOException {
		return new CrowdedProcess(DESCRIPTORS, this.directory.resolve("output"), arguments);
	}

	private static void assertQuiet(CrowdedProcess server) throws Exception {
		Duration window = Duration.ofSeconds(3);
		long lines = server.logLines();
		Duration cpuTime = server.cpuTime();
		await().pollDelay(window).until(() -> true);
		assertThat(server.cpuTime().minus(cpuTime)).isLessThan(window.dividedBy(2));
		assertThat(server.logLines() - lines).as(server.log()).isLessThanOrEqualTo(window.toSeconds() + 1);
	}

	private static void assertGoesOn(CrowdedProcess server, ConnectionLoad load) throws Exception {
		load.ask();
		try (TestClient client = new TestClient(server.port(), 0)) {
			assertThat(client.ask("welcome")).isEqualTo("welcome");
		}
	}

}
