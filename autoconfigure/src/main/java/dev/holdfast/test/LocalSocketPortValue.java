package dev.holdfast.test;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * The value of one {@link LocalSocketPort @LocalSocketPort}. A new one is made for each
 * field or parameter, since only that knows the name of the server. Immutable.
 */
class LocalSocketPortValue implements IntSupplier {

	static final String BEAN_NAME = "dev.holdfast.test.localSocketPort";

	private static final String PREFIX = "local.holdfast.";

	private static final String SUFFIX = ".port";

	private final InjectionPoint injectionPoint;

	private final ConfigurableEnvironment environment;

	LocalSocketPortValue(InjectionPoint injectionPoint, ConfigurableEnvironment environment) {
		this.injectionPoint = injectionPoint;
		this.environment = environment;
	}

	/**
	 * Return the port on which the server listens.
	 * @return the port
	 * @throws IllegalStateException if the field or parameter is no {@code int}, or if no
	 * such server listens
	 */
	@Override
	public int getAsInt() {
		String server = MergedAnnotations.from(this.injectionPoint.getAnnotations())
			.get(LocalSocketPort.class)
			.getString("value");
		if (ClassUtils.resolvePrimitiveIfNecessary(this.injectionPoint.getDeclaredType()) != Integer.class) {
			throw new IllegalStateException("%s has the type %s: declare it as 'int' or 'Integer'"
				.formatted(describe(server), this.injectionPoint.getDeclaredType().getName()));
		}
		@Nullable Integer port = this.environment.getProperty(PREFIX + server + SUFFIX, Integer.class);
		if (port == null) {
			throw new IllegalStateException(missing(server));
		}
		return port;
	}

	private String missing(String server) {
		String path = this.environment.getProperty("holdfast.servers.%s.unix-socket".formatted(server));
		if (path != null) {
			return "%s: server '%s' listens on the Unix domain socket '%s' and has no port; connect to that path"
				.formatted(describe(server), server, path);
		}
		return ("%s: no server '%s' listens on a port, there is no property '%s'. Servers that do: %s. "
				+ "Set 'holdfast.servers.%s.port' (0 for any free port), or inject the port where the context "
				+ "has been started, not in one of its beans")
			.formatted(describe(server), server, PREFIX + server + SUFFIX, listening(), server);
	}

	private String describe(String server) {
		return "@LocalSocketPort(\"%s\") on %s of %s".formatted(server, this.injectionPoint,
				this.injectionPoint.getMember().getDeclaringClass().getName());
	}

	private Set<String> listening() {
		Set<String> servers = new TreeSet<>();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				collect(enumerable.getPropertyNames(), servers);
			}
		}
		return servers;
	}

	private void collect(String[] propertyNames, Set<String> servers) {
		for (String name : propertyNames) {
			if (name.startsWith(PREFIX) && name.endsWith(SUFFIX) && name.length() > PREFIX.length() + SUFFIX.length()) {
				servers.add(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
			}
		}
	}

}
