package dev.holdfast.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import dev.holdfast.autoconfigure.SocketClusterAutoConfiguration;
import dev.holdfast.autoconfigure.SocketServerAutoConfiguration;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.Route;
import dev.holdfast.handler.SocketController;

/**
 * An application that is a node of a cluster, with a server {@code line} and a server
 * {@code ws}. Clients say {@code user NAME} and {@code join GROUP}.
 */
public final class TestNode implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private TestNode(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start a node whose times are short.
	 * @param id the id of the node
	 * @param customizer registers what the node needs beside
	 * @param properties the properties, as {@code key=value}
	 * @return the node
	 */
	public static TestNode start(String id, Consumer<GenericApplicationContext> customizer, String... properties) {
		return start(id, settings(id), customizer, properties);
	}

	/**
	 * Return settings with short times.
	 * @param id the id of the node
	 * @return the settings
	 */
	public static ClusterSettings settings(String id) {
		return new ClusterSettings(id, "test:", 1024 * 1024, Duration.ofMillis(300), Duration.ofSeconds(3),
				Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofMillis(300));
	}

	public static TestNode start(String id, ClusterSettings settings, Consumer<GenericApplicationContext> customizer,
			String... properties) {
		List<String> all = new ArrayList<>(List.of("--holdfast.cluster.enabled=true",
				"--holdfast.cluster.node-id=" + id, "--holdfast.servers.line.port=0",
				"--holdfast.servers.line.route.delimiter= ", "--holdfast.servers.ws.port=0",
				"--holdfast.servers.ws.transport=websocket", "--holdfast.servers.ws.route.delimiter= ",
				"--holdfast.event-loops=2", "--spring.main.log-startup-info=false"));
		Stream.of(properties).map((property) -> "--" + property).forEach(all::add);
		return new TestNode(new SpringApplicationBuilder(Node.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers((GenericApplicationContext context) -> {
				context.registerBean(ClusterSettings.class, () -> settings);
				customizer.accept(context);
			})
			.run(all.toArray(String[]::new)));
	}

	/**
	 * Start an application that has no server.
	 * @param id the id of the node
	 * @param customizer registers what the node needs beside
	 * @param properties the properties, as {@code key=value}
	 * @return the node
	 */
	public static TestNode startWithoutServers(String id, Consumer<GenericApplicationContext> customizer,
			String... properties) {
		List<String> all = new ArrayList<>(
				List.of("holdfast.servers.line.enabled=false", "holdfast.servers.ws.enabled=false"));
		all.addAll(List.of(properties));
		return start(id, customizer, all.toArray(String[]::new));
	}

	public Connections connections() {
		return this.context.getBean(Connections.class);
	}

	public ClusterNode cluster() {
		return this.context.getBean(ClusterNode.class);
	}

	public ClusterView view() {
		return cluster().view();
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public int port(String server) {
		return this.context.getEnvironment().getRequiredProperty("local.holdfast." + server + ".port", Integer.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, JacksonAutoConfiguration.class,
			SocketClusterAutoConfiguration.class, SocketServerAutoConfiguration.class })
	static class Node {

		@Bean
		Greeter greeter() {
			return new Greeter();
		}

	}

	/**
	 * Binds users and joins groups.
	 */
	@SocketController
	static class Greeter {

		@OnMessage("user")
		void user(String line, SocketConnection connection) {
			connection.bindUser(line.substring(line.indexOf(' ') + 1));
		}

		@OnMessage("join")
		void join(String line, SocketConnection connection) {
			connection.join(line.substring(line.indexOf(' ') + 1));
		}

		@OnMessage
		void other(String line, @Route String route) {
		}

	}

}
