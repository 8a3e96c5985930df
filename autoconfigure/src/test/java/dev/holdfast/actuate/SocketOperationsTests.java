package dev.holdfast.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.holdfast.autoconfigure.SocketEndpointAutoConfiguration;
import dev.holdfast.autoconfigure.SocketHealthAutoConfiguration;
import dev.holdfast.autoconfigure.SocketServerAutoConfiguration;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what operators do with servers and connections.
 */
class SocketOperationsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketServerAutoConfiguration.class,
				SocketEndpointAutoConfiguration.class, SocketHealthAutoConfiguration.class))
		.withUserConfiguration(HandlerConfiguration.class)
		.withPropertyValues("holdfast.servers.work.port=0", "holdfast.servers.work.host=127.0.0.1",
				"holdfast.shutdown.goodbye=bye", "management.endpoints.jmx.exposure.include=*",
				"spring.jmx.enabled=true", "management.endpoint.sockets.access=UNRESTRICTED",
				"management.endpoint.socketconnections.access=UNRESTRICTED");

	@Test
	void pauseWhenConnectedRefusesNewConnectionsAndServesOn() {
		run((context) -> {
			int port = port(context);
			try (SocketTestClient client = SocketTestClient.connect(port)) {
				client.send("one");
				client.expect("one");
				assertThat(act(context, "pause").address()).isEqualTo("127.0.0.1:" + port);
				assertThat(server(context).state()).isEqualTo(ServerState.PAUSED);
				assertThat(health(context)).isEqualTo(Status.OUT_OF_SERVICE);
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> SocketTestClient.connect(port));
				client.send("two");
				client.expect("two");
				assertThat(act(context, "resume").address()).isEqualTo("127.0.0.1:" + port);
				assertThat(health(context)).isEqualTo(Status.UP);
				SocketTestClient.connect(port).close();
			}
		});
	}

	@Test
	void drainWhenHandlersAreBusyAnswersThenSaysGoodbyeAndStops() {
		run((context) -> {
			try (SocketTestClient client = SocketTestClient.connect(port(context))) {
				client.send("slow 1");
				client.send("slow 2");
				await().until(() -> server(context).statistics().messages().received() == 2);
				context.getBean(SocketsEndpoint.class).act("work", "drain");
				client.expect("slow 1");
				client.expect("slow 2");
				client.expect("bye");
				client.expectClosed();
			}
			await().until(() -> server(context).state() == ServerState.STOPPED);
			assertThat(server(context).statistics().connections().closed()).containsEntry(CloseReason.SHUTDOWN, 1L);
		});
	}

	@Test
	void drainWhenHandlerNeverEndsAbortsAtGrace() {
		this.runner.withPropertyValues("holdfast.shutdown.grace=300ms").run((context) -> {
			try (SocketTestClient client = SocketTestClient.connect(port(context))) {
				client.send("stuck");
				await().until(() -> server(context).statistics().messages().received() == 1);
				long began = System.nanoTime();
				context.getBean(SocketsEndpoint.class).act("work", "drain");
				await().until(() -> server(context).state() == ServerState.STOPPED);
				assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(300),
						Duration.ofSeconds(3));
				client.expectReset();
			}
		});
	}

	@Test
	void actWhenActionIsUnknownIsRefused() {
		run((context) -> assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> context.getBean(SocketsEndpoint.class).act("work", "explode")));
	}

	@Test
	void kickWhenConnectedClosesThatConnection() {
		run((context) -> {
			Connections connections = context.getBean(Connections.class);
			try (SocketTestClient client = SocketTestClient.connect(port(context))) {
				await().until(() -> connections.count() == 1);
				String id = connections.all().stream().findFirst().orElseThrow().id();
				context.getBean(SocketConnectionsEndpoint.class).kick(id);
				client.expectClosed();
			}
			await().until(() -> server(context).statistics().connections().closed().containsKey(CloseReason.KICKED));
		});
	}

	@Test
	void closeOfContextWhenRequestsWereReadAnswersThem() {
		List<SocketTestClient> clients = new ArrayList<>();
		run((context) -> {
			SocketTestClient client = SocketTestClient.connect(port(context));
			clients.add(client);
			client.send("slow 1");
			await().until(() -> server(context).statistics().messages().received() == 1);
		});
		try (SocketTestClient client = clients.get(0)) {
			client.expect("slow 1");
			client.expect("bye");
			client.expectClosed();
		}
	}

	private void run(ContextConsumer<AssertableApplicationContext> consumer) {
		this.runner.run(consumer);
	}

	private static SocketsEndpoint.ServerDescriptor act(AssertableApplicationContext context, String action) {
		SocketsEndpoint.ServerDescriptor descriptor = context.getBean(SocketsEndpoint.class).act("work", action);
		assertThat(descriptor).isNotNull();
		return descriptor;
	}

	private static int port(AssertableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.holdfast.work.port", int.class);
	}

	private static SocketServer server(AssertableApplicationContext context) {
		return Objects.requireNonNull(context.getBean(SocketServers.class).get("work"));
	}

	private static Status health(AssertableApplicationContext context) {
		return context.getBean(SocketsHealthIndicator.class).health().getStatus();
	}

	@Configuration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		WorkHandler workHandler() {
			return new WorkHandler();
		}

	}

	@SocketController("work")
	static class WorkHandler {

		@OnMessage
		Object work(String line) {
			if (line.startsWith("slow")) {
				return CompletableFuture.supplyAsync(() -> line,
						CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
			}
			return line.equals("stuck") ? new CompletableFuture<String>() : line;
		}

	}

}
