package dev.holdfast.benchmarks.app;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Program that serves lines with Holdfast, as a Spring Boot application that sets nothing
 * but the port.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class HoldfastServer {

	private static final Map<String, Class<?>> CONTROLLERS = Map.of("echo", EchoController.class, "json",
			JsonController.class, "just", JustController.class, "later", LaterController.class, "push",
			PushController.class, "vertx", VertxDatabaseController.class, "r2dbc", R2dbcDatabaseController.class,
			"jdbc", JdbcDatabaseController.class);

	/**
	 * Start the server.
	 * @param args what it does, then more arguments of the application
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = start(args[0], args);
		System.out.println("READY " + context.getEnvironment().getProperty("local.holdfast.bench.port"));
	}

	/**
	 * Start the application.
	 * @param mode what it does
	 * @param args arguments of the application
	 * @return the context
	 */
	public static ConfigurableApplicationContext start(String mode, String... args) {
		Class<?> controller = CONTROLLERS.get(mode);
		if (controller == null) {
			throw new IllegalArgumentException("Unknown mode '%s'".formatted(mode));
		}
		SpringApplication application = new SpringApplicationBuilder(HoldfastServer.class, controller)
			.web(WebApplicationType.NONE)
			.properties("holdfast.servers.bench.port=0")
			.build();
		return application.run(args);
	}

}
