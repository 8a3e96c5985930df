package dev.holdfast.server.context;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.util.internal.PlatformDependent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import dev.holdfast.autoconfigure.SocketServerAutoConfiguration;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.SocketServers;

/**
 * An application that answers some time later, to be ended while it is busy, and that
 * tells what it holds.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ SocketServerAutoConfiguration.class, LifecycleAutoConfiguration.class })
public class RestartApplication {

	public static void main(String[] args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(RestartApplication.class)
			.web(WebApplicationType.NONE)
			.run(args);
		System.out.println("port=" + context.getEnvironment().getProperty("local.holdfast.echo.port"));
	}

	@EventListener
	void stopped(SocketServerStoppedEvent event) {
		ServerStatistics statistics = event.server().statistics();
		System.out.println("counts=%d,%d,%d,%d".formatted(statistics.messages().received(),
				statistics.messages().handled(), statistics.messages().sent(), statistics.connections().active()));
	}

	@SocketController
	static class LaterHandler {

		private final Connections connections;

		private final ObjectProvider<SocketServers> servers;

		LaterHandler(Connections connections, ObjectProvider<SocketServers> servers) {
			this.connections = connections;
			this.servers = servers;
		}

		@OnMessage
		Object answer(String line, SocketConnection connection) {
			return switch (line) {
				case "stuck" -> stuck();
				case "fail" -> throw new IllegalStateException("On purpose");
				case "memory" -> String.valueOf(PlatformDependent.usedDirectMemory());
				case "connections" -> String.valueOf(this.connections.count());
				case "slow" -> String.valueOf(slowConsumers());
				case "push" -> "pushed to " + this.connections.all().except(connection).send("x".repeat(60_000));
				default -> later(line);
			};
		}

		private static Object stuck() {
			System.out.println("A message is stuck");
			return new CompletableFuture<>();
		}

		private long slowConsumers() {
			return this.servers.getObject()
				.get("echo")
				.statistics()
				.connections()
				.closed()
				.getOrDefault(CloseReason.SLOW_CONSUMER, 0L);
		}

		private static CompletableFuture<String> later(String line) {
			Executor later = CompletableFuture.delayedExecutor(ThreadLocalRandom.current().nextInt(1, 20),
					TimeUnit.MILLISECONDS);
			return CompletableFuture.supplyAsync(() -> line, later);
		}

	}

}
