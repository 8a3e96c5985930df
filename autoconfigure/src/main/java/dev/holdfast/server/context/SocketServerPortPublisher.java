package dev.holdfast.server.context;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

import dev.holdfast.server.SocketServer;

/**
 * {@link ApplicationListener} that publishes the port of each started server as the
 * property {@code local.holdfast.<name>.port}, in parent contexts too. Thread-safe.
 */
public final class SocketServerPortPublisher implements ApplicationListener<SocketServerStartedEvent> {

	private static final String PROPERTY_SOURCE = "server.ports";

	@Override
	public void onApplicationEvent(SocketServerStartedEvent event) {
		publish(event.getApplicationContext(), event.server());
	}

	private static void publish(ApplicationContext context, SocketServer server) {
		if (server.address() instanceof InetSocketAddress address) {
			String property = "local.holdfast.%s.port".formatted(server.name());
			for (ApplicationContext current = context; current != null; current = current.getParent()) {
				if (current.getEnvironment() instanceof ConfigurableEnvironment environment) {
					ports(environment).put(property, address.getPort());
				}
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> ports(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		@Nullable PropertySource<?> source = sources.get(PROPERTY_SOURCE);
		if (source == null) {
			source = new MapPropertySource(PROPERTY_SOURCE, new HashMap<>());
			sources.addFirst(source);
		}
		return (Map<String, Object>) source.getSource();
	}

}
