package dev.holdfast.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.holdfast.actuate.SocketCapacityEndpoint;
import dev.holdfast.capacity.CapacityEstimator;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SocketCapacityAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketCapacityAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketServerAutoConfiguration.class,
				SocketCapacityAutoConfiguration.class, SocketEndpointAutoConfiguration.class))
		.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.echo.host=127.0.0.1",
				"management.endpoints.web.exposure.include=socketcapacity");

	@Test
	void whenImportsAreLoadedThenTheyNameAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(SocketCapacityAutoConfiguration.class.getName());
	}

	@Test
	void whenServerStartsThenItsCapacityIsLogged(CapturedOutput output) {
		this.runner.withPropertyValues("holdfast.max-connections=77").run((context) -> {
			String port = context.getEnvironment().getProperty("local.holdfast.echo.port");
			await().untilAsserted(() -> assertThat(output).containsOnlyOnce("Server 'echo' listens on 127.0.0.1:" + port
					+ " and can take 77 connections, limited by holdfast.max-connections"));
		});
	}

	@Test
	void whenExposedThenHasEndpoint() {
		this.runner.run((context) -> {
			SocketCapacityEndpoint endpoint = context.getBean(SocketCapacityEndpoint.class);
			assertThat(endpoint.capacity().capacity().servers()).containsOnlyKeys("echo");
		});
	}

	@Test
	void whenActuatorIsMissingThenEstimatesWithoutEndpoint() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(CapacityEstimator.class)
				.doesNotHaveBean("socketCapacityEndpoint"));
	}

	@Test
	void whenUserHasEstimatorThenBacksOff() {
		this.runner.withUserConfiguration(UserEstimatorConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(CapacityEstimator.class).hasBean("myEstimator"));
	}

	@Configuration(proxyBeanMethods = false)
	static class UserEstimatorConfiguration {

		@Bean
		CapacityEstimator myEstimator(SocketServers servers) {
			return new CapacityEstimator(servers, 5);
		}

	}

}
