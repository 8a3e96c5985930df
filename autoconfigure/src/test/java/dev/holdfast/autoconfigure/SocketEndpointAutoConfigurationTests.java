package dev.holdfast.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.holdfast.actuate.SocketConnectionsEndpoint;
import dev.holdfast.actuate.SocketsEndpoint;
import dev.holdfast.connection.Connections;
import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketEndpointAutoConfiguration}.
 */
class SocketEndpointAutoConfigurationTests {

	private final ApplicationContextRunner emptyRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=sockets,socketconnections");

	private final ApplicationContextRunner contextRunner = this.emptyRunner
		.withBean(SocketServers.class, () -> new SocketServers(List.of()))
		.withBean(Connections.class, () -> mock(Connections.class));

	@Test
	void whenImportsAreLoadedThenTheyNameAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(SocketEndpointAutoConfiguration.class.getName());
	}

	@Test
	void whenActuatorIsMissingThenStartsWithoutEndpoints() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("socketsEndpoint")
				.doesNotHaveBean("socketConnectionsEndpoint"));
	}

	@Test
	void whenActuatorAutoConfigurationIsMissingThenStartsWithoutEndpoints() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate.autoconfigure"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SocketsEndpoint.class)
				.doesNotHaveBean(SocketConnectionsEndpoint.class));
	}

	@Test
	void whenExposedThenHasEndpoints() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(SocketsEndpoint.class)
			.hasSingleBean(SocketConnectionsEndpoint.class));
	}

	@Test
	void whenExposureIsDefaultThenHasNoEndpoints() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketsEndpoint.class)
				.doesNotHaveBean(SocketConnectionsEndpoint.class));
	}

	@Test
	void whenAccessIsNoneThenHasNoEndpoint() {
		this.contextRunner.withPropertyValues("management.endpoint.socketconnections.access=NONE")
			.run((context) -> assertThat(context).hasSingleBean(SocketsEndpoint.class)
				.doesNotHaveBean(SocketConnectionsEndpoint.class));
	}

	@Test
	void whenServersAreMissingThenHasConnectionsEndpointOnly() {
		this.emptyRunner.withBean(Connections.class, () -> mock(Connections.class))
			.run((context) -> assertThat(context).doesNotHaveBean(SocketsEndpoint.class)
				.hasSingleBean(SocketConnectionsEndpoint.class));
	}

	@Test
	void whenConnectionsAreMissingThenHasServersEndpointOnly() {
		this.emptyRunner.withBean(SocketServers.class, () -> new SocketServers(List.of()))
			.run((context) -> assertThat(context).hasSingleBean(SocketsEndpoint.class)
				.doesNotHaveBean(SocketConnectionsEndpoint.class));
	}

	@Test
	void whenUserHasEndpointsThenBacksOff() {
		this.contextRunner.withUserConfiguration(UserEndpointConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(SocketsEndpoint.class)
				.hasBean("mySocketsEndpoint")
				.hasSingleBean(SocketConnectionsEndpoint.class)
				.hasBean("mySocketConnectionsEndpoint"));
	}

	@Configuration(proxyBeanMethods = false)
	static class UserEndpointConfiguration {

		@Bean
		SocketsEndpoint mySocketsEndpoint(SocketServers servers) {
			return new SocketsEndpoint(servers, new DrainSettings(Duration.ZERO, 0, null));
		}

		@Bean
		SocketConnectionsEndpoint mySocketConnectionsEndpoint(Connections connections) {
			return new SocketConnectionsEndpoint(connections);
		}

	}

}
