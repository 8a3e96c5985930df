package dev.holdfast.sample.simulator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SimulationPlan}.
 */
class SimulationPlanTests {

	@Test
	void parseWhenOptionsAreGivenTakesThem() {
		SimulationPlan plan = SimulationPlan.parse("--devices", "20", "--rate", "0.5", "--addresses", "2");
		assertThat(plan.devices()).isEqualTo(20);
		assertThat(plan.rate()).isEqualTo(0.5);
		assertThat(plan.port()).isEqualTo(9003);
		assertThat(plan.localAddress(3)).isEqualTo("127.0.0.2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--devices", "devices 3", "--devices x", "--devices 0", "--devics 3", "--rate -1" })
	void parseWhenOptionsAreWrongThrowsException(String options) {
		assertThatIllegalArgumentException().isThrownBy(() -> SimulationPlan.parse(options.split(" ")));
	}

}
