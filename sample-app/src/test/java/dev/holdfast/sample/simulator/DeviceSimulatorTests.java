package dev.holdfast.sample.simulator;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;
import dev.holdfast.sample.SampleTest;
import dev.holdfast.test.LocalSocketPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DeviceSimulator}.
 */
@SampleTest
class DeviceSimulatorTests {

	private static final int DEVICES = 100;

	@Autowired
	private Connections connections;

	@Test
	void runWhenServerIsThereLogsInReportsAndIsPushedTo(@LocalSocketPort("devices") int port) throws Exception {
		SimulationPlan plan = SimulationPlan.parse("--port", Integer.toString(port), "--devices", "" + DEVICES,
				"--rate", "5", "--connect-rate", "1000", "--seconds", "1");
		try (DeviceSimulator simulator = new DeviceSimulator(plan)) {
			simulator.run();
			SimulationCounts counts = simulator.counts();
			await().atMost(Duration.ofSeconds(20))
				.until(() -> counts.online == DEVICES && counts.acknowledged > DEVICES);
			assertThat(this.connections.group("site:site-3").send("{\"type\":\"blink\"}")).isEqualTo(DEVICES / 10);
			await().atMost(Duration.ofSeconds(20)).until(() -> counts.pushed == DEVICES / 10);
			this.connections.user("device-7").close(CloseReason.KICKED);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.connections.user("device-7").count() == 1);
			assertThat(counts.refused).isZero();
		}
	}

}
