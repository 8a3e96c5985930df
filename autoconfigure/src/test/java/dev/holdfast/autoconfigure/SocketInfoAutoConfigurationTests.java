package dev.holdfast.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.holdfast.actuate.SocketsInfoContributor;
import dev.holdfast.actuate.SocketsInfoContributor.ServerInfo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketInfoAutoConfiguration}.
 */
class SocketInfoAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketServerAutoConfiguration.class, SocketInfoAutoConfiguration.class))
		.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.echo.host=127.0.0.1");

	@Test
	void whenImportsAreLoadedThenTheyNameAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(SocketInfoAutoConfiguration.class.getName());
	}

	@Test
	void whenServerIsConfiguredThenInfoDescribesIt() {
		this.runner.run((context) -> {
			Info.Builder builder = new Info.Builder();
			context.getBean(SocketsInfoContributor.class).contribute(builder);
			Map<?, ?> servers = builder.build().get("sockets", Map.class);
			ServerInfo info = (ServerInfo) servers.get("echo");
			assertThat(info.address())
				.isEqualTo("127.0.0.1:" + context.getEnvironment().getProperty("local.holdfast.echo.port"));
			assertThat(info).extracting("transport", "framing", "tls").containsExactly("tcp", "line", false);
		});
	}

	@Test
	void whenSwitchedOffThenHasNoContributor() {
		this.runner.withPropertyValues("management.info.sockets.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketsInfoContributor.class));
	}

	@Test
	void whenActuatorIsMissingThenStartsWithoutContributor() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketsInfoContributor"));
	}

}
