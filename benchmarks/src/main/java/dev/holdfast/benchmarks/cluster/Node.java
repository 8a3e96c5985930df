package dev.holdfast.benchmarks.cluster;

import java.util.function.BooleanSupplier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * An application that is a node, whose clients join the groups that they name. Confined
 * to one thread.
 */
final class Node implements AutoCloseable {

	private static final long TIMEOUT = 60_000;

	private final ConfigurableApplicationContext context;

	/**
	 * Create a new {@link Node}.
	 * @param id the id
	 * @param redis the port of Redis
	 */
	Node(String id, int redis) {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--holdfast.cluster.enabled=true", "--holdfast.cluster.node-id=" + id,
					"--spring.data.redis.port=" + redis, "--holdfast.servers.bench.port=0",
					"--holdfast.servers.bench.outbound.max-pending=16MB", "--holdfast.event-loops=1",
					"--logging.level.root=warn", "--spring.main.banner-mode=off",
					"--spring.data.redis.repositories.enabled=false");
	}

	Connections connections() {
		return this.context.getBean(Connections.class);
	}

	ClusterNode cluster() {
		return this.context.getBean(ClusterNode.class);
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.holdfast.bench.port", int.class);
	}

	/**
	 * Wait until a condition is met.
	 * @param condition the condition
	 */
	static void await(BooleanSupplier condition) throws InterruptedException {
		long deadline = System.currentTimeMillis() + TIMEOUT;
		while (!condition.getAsBoolean()) {
			if (System.currentTimeMillis() > deadline) {
				throw new IllegalStateException("Waited for too long");
			}
			Thread.sleep(5);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		JoinHandler joinHandler() {
			return new JoinHandler();
		}

	}

	/**
	 * Joins groups {@code prefix FIRST LAST}.
	 */
	@SocketController
	static class JoinHandler {

		@OnMessage
		void join(String line, SocketConnection connection) {
			String[] words = line.split(" ");
			for (int i = Integer.parseInt(words[1]); i < Integer.parseInt(words[2]); i++) {
				connection.join(words[0] + i);
			}
		}

	}

}
