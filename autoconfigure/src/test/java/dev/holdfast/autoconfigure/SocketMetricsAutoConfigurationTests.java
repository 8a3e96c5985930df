package dev.holdfast.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.holdfast.metrics.SocketServerMetrics;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.ServerStatistics.ConnectionCounts;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketMetricsAutoConfiguration}.
 */
class SocketMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketMetricsAutoConfiguration.class))
		.withBean(SocketServers.class, () -> new SocketServers(List.of(server())));

	@Test
	void whenImportsAreLoadedThenTheyNameAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(SocketMetricsAutoConfiguration.class.getName());
	}

	@Test
	void whenMicrometerIsMissingThenStartsWithoutMeters() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketServerMetrics"));
	}

	@Test
	void whenRegistryIsMissingThenHasNoMeters() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(SocketServerMetrics.class));
	}

	@Test
	void whenServersAreMissingThenHasNoMeters() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).doesNotHaveBean(SocketServerMetrics.class));
	}

	@Test
	void whenUserHasMetricsThenBacksOff() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.withBean("myMetrics", SocketServerMetrics.class,
					() -> new SocketServerMetrics(new SocketServers(List.of())))
			.run((context) -> assertThat(context).hasSingleBean(SocketServerMetrics.class).hasBean("myMetrics"));
	}

	@Test
	void whenRegistryIsAutoConfiguredThenItHasMeters() {
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(MeterRegistry.class)
				.get("holdfast.connections.active")
				.tag("server", "echo")
				.gauge()
				.value()).isEqualTo(2));
	}

	private static SocketServer server() {
		ServerStatistics statistics = mock(ServerStatistics.class);
		ConnectionCounts connections = mock(ConnectionCounts.class);
		given(connections.active()).willReturn(2L);
		given(statistics.connections()).willReturn(connections);
		SocketServer server = mock(SocketServer.class);
		given(server.name()).willReturn("echo");
		given(server.statistics()).willReturn(statistics);
		return server;
	}

}
