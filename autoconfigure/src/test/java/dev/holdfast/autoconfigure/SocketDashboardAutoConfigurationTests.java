package dev.holdfast.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import dev.holdfast.actuate.DashboardSettings;
import dev.holdfast.actuate.DashboardSettings.Target;
import dev.holdfast.actuate.SocketDashboardEndpoint;
import dev.holdfast.actuate.SocketsHistory;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketDashboardAutoConfiguration}.
 */
class SocketDashboardAutoConfigurationTests {

	private static final String EXPOSURE = "management.endpoints.web.exposure.include=socketdashboard";

	private static final AutoConfigurations CONFIGURATION = AutoConfigurations
		.of(SocketDashboardAutoConfiguration.class);

	private final WebApplicationContextRunner emptyRunner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATION)
		.withPropertyValues(EXPOSURE);

	private final WebApplicationContextRunner contextRunner = this.emptyRunner.withBean(SocketServers.class,
			() -> new SocketServers(List.of()));

	@Test
	void whenImportsAreLoadedThenTheyNameAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(SocketDashboardAutoConfiguration.class.getName());
	}

	@Test
	void whenExposedThenHasEndpointAndTakesSamples() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(SocketDashboardEndpoint.class);
			assertThat(context.getBean(SocketsHistory.class).isRunning()).isTrue();
		});
	}

	@Test
	void whenReactiveThenHasEndpoint() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATION)
			.withPropertyValues(EXPOSURE)
			.withBean(SocketServers.class, () -> new SocketServers(List.of()))
			.run((context) -> assertThat(context).hasSingleBean(SocketDashboardEndpoint.class));
	}

	@Test
	void whenExposureIsDefaultThenHasNeitherEndpointNorHistory() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketDashboardEndpoint.class)
				.doesNotHaveBean(SocketsHistory.class));
	}

	@Test
	void whenAccessIsNoneThenHasNoEndpoint() {
		this.contextRunner.withPropertyValues("management.endpoint.socketdashboard.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketDashboardEndpoint.class));
	}

	@Test
	void whenServersAreMissingThenHasNoEndpoint() {
		this.emptyRunner.run((context) -> assertThat(context).doesNotHaveBean(SocketDashboardEndpoint.class));
	}

	@Test
	void whenThereIsNoWebServerThenHasNoEndpoint() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATION)
			.withPropertyValues(EXPOSURE)
			.withBean(SocketServers.class, () -> new SocketServers(List.of()))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketDashboardEndpoint.class));
	}

	@Test
	void whenUserHasEndpointThenBacksOff() {
		this.contextRunner.withBean("mine", SocketDashboardEndpoint.class, () -> {
			Target target = new Target("sockets", false);
			return new SocketDashboardEndpoint(DashboardSettings.of(null, "dash", target, target),
					new SocketsHistory(new SocketServers(List.of()), null));
		}).run((context) -> assertThat(context).hasSingleBean(SocketDashboardEndpoint.class).hasBean("mine"));
	}

}
