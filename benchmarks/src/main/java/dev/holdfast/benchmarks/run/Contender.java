package dev.holdfast.benchmarks.run;

import java.util.ArrayList;
import java.util.List;

/**
 * A server that is measured. Immutable.
 *
 * @param name the name in the table
 * @param mainClass the program, in {@code dev.holdfast.benchmarks}
 * @param mode its first argument
 * @param excluded what the class path of the program lacks, as parts of paths
 */
record Contender(String name, String mainClass, String mode, List<String> excluded) {

	private static final List<String> PEERS = List.of("vertx", "spring-integration", "spring-messaging", "spring-retry",
			"jmh", "jopt-simple", "commons-math", "HdrHistogram", "async-profiler",
			"com/fasterxml/jackson/core/jackson-core", "netty-codec-http2", "netty-codec-socks", "netty-handler-proxy",
			"spring-tx", "postgres", "r2dbc", "reactor-pool", "scram", "HikariCP", "commons-compress", "commons-io",
			"commons-lang3", "xz");

	private static final List<String> JACKSON = List.of("jackson");

	private static final List<String> HOLDFAST = List.of("holdfast-spring-boot", "autoconfigure/target",
			"starter/target", "/netty", "reactor", "spring-boot-netty");

	static Contender holdfast(String mode) {
		return holdfast("Holdfast", mode);
	}

	static Contender holdfast(String name, String mode) {
		return new Contender(name, "app.HoldfastServer", mode, "json".equals(mode) ? PEERS : and(PEERS, JACKSON));
	}

	static Contender database(String name, String mode) {
		return new Contender(name, "app.HoldfastServer", mode, List.of());
	}

	static Contender empty() {
		return new Contender("Empty", "app.EmptyApplication", "empty", and(and(PEERS, JACKSON), HOLDFAST));
	}

	static Contender peer(String name, String program, String mode) {
		return new Contender(name, "server." + program, mode, List.of());
	}

	private static List<String> and(List<String> first, List<String> second) {
		List<String> both = new ArrayList<>(first);
		both.addAll(second);
		return List.copyOf(both);
	}

	boolean isHoldfast() {
		return "app.HoldfastServer".equals(this.mainClass);
	}

}
