package dev.holdfast.actuate;

import java.util.Map;
import java.util.stream.Stream;

import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.holdfast.autoconfigure.SocketCapacityAutoConfiguration;
import dev.holdfast.autoconfigure.SocketEndpointAutoConfiguration;
import dev.holdfast.autoconfigure.SocketServerAutoConfiguration;
import dev.holdfast.connection.Connections;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the endpoints over JMX.
 */
class SocketEndpointsJmxTests {

	private static final String DOMAIN = "dev.holdfast.jmx-test";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, JmxAutoConfiguration.class,
				EndpointAutoConfiguration.class, JacksonEndpointAutoConfiguration.class,
				JmxEndpointAutoConfiguration.class, SocketServerAutoConfiguration.class,
				SocketCapacityAutoConfiguration.class, SocketEndpointAutoConfiguration.class))
		.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.domain=" + DOMAIN,
				"management.endpoints.jmx.exposure.include=*", "management.endpoint.sockets.access=UNRESTRICTED",
				"management.endpoint.socketconnections.access=UNRESTRICTED", "holdfast.servers.echo.port=0",
				"holdfast.servers.echo.host=127.0.0.1");

	@Test
	void socketsWhenInvokedShowsAndActs() {
		this.runner.run((context) -> {
			assertThat(invoke(context, "Sockets", "servers")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.extractingByKey("servers", Assertions.as(InstanceOfAssertFactories.MAP))
				.extractingByKey("echo", Assertions.as(InstanceOfAssertFactories.MAP))
				.containsEntry("state", "RUNNING");
			assertThat(invoke(context, "Sockets", "act", "echo", "pause")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("state", "PAUSED");
			assertThat(invoke(context, "Sockets", "server", "echo")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("state", "PAUSED");
			assertThat(invoke(context, "Sockets", "server", "other")).isNull();
		});
	}

	@Test
	void socketConnectionsWhenInvokedShowsAndKicks() {
		this.runner.run((context) -> {
			int port = context.getEnvironment().getRequiredProperty("local.holdfast.echo.port", int.class);
			try (SocketTestClient client = SocketTestClient.connect(port)) {
				await().until(() -> context.getBean(Connections.class).count() == 1);
				Object page = invoke(context, "Socketconnections", "connections", null, null, null, null, 0, 10);
				assertThat(page).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("total", 1L);
				Map<?, ?> connection = (Map<?, ?>) assertThat(page).asInstanceOf(InstanceOfAssertFactories.MAP)
					.extractingByKey("connections", Assertions.as(InstanceOfAssertFactories.LIST))
					.singleElement()
					.actual();
				assertThat(invoke(context, "Socketconnections", "kick", connection.get("id")))
					.isEqualTo(Map.of("kicked", true));
				client.expectClosed();
			}
		});
	}

	@Test
	void socketCapacityWhenInvokedNamesBindingLimit() {
		this.runner.withPropertyValues("holdfast.max-connections=7")
			.run((context) -> assertThat(invoke(context, "Socketcapacity", "capacity"))
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("connections", 7L)
				.containsEntry("bindingLimit", "holdfast.max-connections"));
	}

	private static Object invoke(AssertableApplicationContext context, String endpoint, String operation,
			Object... arguments) throws Exception {
		MBeanServer server = context.getBean(MBeanServer.class);
		ObjectName name = server.queryNames(new ObjectName(DOMAIN + ":type=Endpoint,name=" + endpoint + ",*"), null)
			.iterator()
			.next();
		String[] types = Stream.of(server.getMBeanInfo(name).getOperations())
			.filter((candidate) -> candidate.getName().equals(operation))
			.flatMap((candidate) -> Stream.of(candidate.getSignature()))
			.map(MBeanParameterInfo::getType)
			.toArray(String[]::new);
		return server.invoke(name, operation, arguments, types);
	}

}
