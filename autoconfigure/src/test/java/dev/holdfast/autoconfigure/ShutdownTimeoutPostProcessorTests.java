package dev.holdfast.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.mock.env.MockEnvironment;

import dev.holdfast.server.context.SocketServerGracefulShutdownLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShutdownTimeoutPostProcessor}.
 */
class ShutdownTimeoutPostProcessorTests {

	private final Map<Integer, Long> timeouts = new HashMap<>();

	private final DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor() {

		@Override
		public void setTimeoutForShutdownPhase(int phase, long timeout) {
			ShutdownTimeoutPostProcessorTests.this.timeouts.put(phase, timeout);
		}

	};

	@ParameterizedTest
	@CsvSource({ "20, 0, 22000", "20s, 5, 27000", "1m, 500ms, 62500", "0, 0, 86402000" })
	void processWhenTimesAreGivenAllowsThem(String grace, String delay, long millis) {
		MockEnvironment environment = new MockEnvironment().withProperty("holdfast.shutdown.grace", grace)
			.withProperty("holdfast.shutdown.delay", delay);
		new ShutdownTimeoutPostProcessor(environment).postProcessAfterInitialization(this.processor, "processor");
		assertThat(this.timeouts).containsOnly(Map.entry(SocketServerGracefulShutdownLifecycle.PHASE, millis));
	}

}
