package dev.holdfast.handler;

import java.time.Duration;
import java.util.Arrays;

import org.awaitility.Awaitility;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import dev.holdfast.autoconfigure.SocketServerAutoConfiguration;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.server.ServerStatistics.MessageCounts;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running server of one application context for tests of handlers.
 */
final class HandlerServer implements AutoCloseable {

	private final AnnotationConfigApplicationContext context;

	private HandlerServer(AnnotationConfigApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start the server {@code test} with some beans.
	 * @param beans beans, or names of properties with their values
	 * @return the server
	 */
	static HandlerServer start(Object... beans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("holdfast.servers.test.port=0", "holdfast.servers.test.host=127.0.0.1")
			.and(Arrays.stream(beans).filter(String.class::isInstance).map(Object::toString))
			.applyTo(context);
		for (int i = 0; i < beans.length; i++) {
			if (!(beans[i] instanceof String)) {
				register(context, "bean" + i, beans[i]);
			}
		}
		context.register(JacksonAutoConfiguration.class, SocketServerAutoConfiguration.class);
		context.refresh();
		return new HandlerServer(context);
	}

	@SuppressWarnings("unchecked")
	private static <T> void register(AnnotationConfigApplicationContext context, String name, T bean) {
		if (bean instanceof Named named) {
			register(context, named.name(), named.bean());
		}
		else if (bean instanceof Class<?> type) {
			context.register(type);
		}
		else {
			context.registerBean(name, (Class<T>) bean.getClass(), () -> bean);
		}
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.holdfast.test.port", int.class);
	}

	SocketTestClient connect() {
		return SocketTestClient.connect(port());
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	MessageCounts messages() {
		SocketServer server = bean(SocketServers.class).get("test");
		assertThat(server).isNotNull();
		return server.statistics().messages();
	}

	SocketConnection connection() {
		return Awaitility.await()
			.until(() -> bean(Connections.class).all().stream().findFirst().orElse(null), (found) -> found != null);
	}

	void awaitNothingInFlight() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> messages().inFlight() == 0 && bean(Connections.class).count() == 0);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * A bean with a name.
	 *
	 * @param name the name
	 * @param bean the bean
	 */
	record Named(String name, Object bean) {

	}

}
