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
 * @param arguments its other arguments
 * @param jvmFlags flags of its JVM, after those that all have
 * @param load what is added to the plans of its load
 */
record Contender(String name, String mainClass, String mode, List<String> excluded, List<String> arguments,
		List<String> jvmFlags, String load) {

	private static final List<String> PEERS = List.of("vertx", "spring-integration", "spring-messaging", "spring-retry",
			"jmh", "jopt-simple", "commons-math", "HdrHistogram", "async-profiler",
			"com/fasterxml/jackson/core/jackson-core", "netty-codec-http2", "netty-codec-socks", "netty-handler-proxy",
			"spring-tx", "postgres", "r2dbc", "reactor-pool", "scram", "HikariCP", "commons-compress", "commons-io",
			"commons-lang3", "xz", "redis", "jedis", "lettuce", "spring-data", "spring-boot-data",
			"spring-boot-persistence", "spring-boot-transaction", "spring-oxm", "junixsocket");

	private static final String SAMPLE = "app.SampleServer";

	private static final String ECHO = "app.EchoApplication";

	private static final String OPENSSL = "netty-tcnative";

	private static final List<String> WEB = List.of("spring-webflux", "/spring-web/", "reactor-netty-http",
			"netty-codec-http3", "quic", "tomcat-embed", OPENSSL);

	private static final List<String> JACKSON = List.of("jackson");

	private static final List<String> METRICS = List.of("actuator", "spring-boot-health", "spring-boot-micrometer",
			"spring-boot-starter-micrometer", "micrometer-core", "micrometer-jakarta9", "micrometer-registry",
			"LatencyUtils", "simpleclient", "prometheus");

	private static final List<String> OPTIONAL = and(and(PEERS, METRICS), and(JACKSON, WEB));

	private static final List<String> HOLDFAST_MODULES = List.of("holdfast-spring-boot", "autoconfigure/target",
			"starter/target", "spring-boot-netty");

	private static final List<String> HOLDFAST = and(HOLDFAST_MODULES, List.of("/netty", "reactor"));

	static Contender holdfast(String mode) {
		return holdfast("Holdfast", mode);
	}

	static Contender holdfast(String name, String mode) {
		return of(name, "app.HoldfastServer", mode, "json".equals(mode) ? and(and(PEERS, METRICS), WEB) : OPTIONAL);
	}

	static Contender database(String name, String mode) {
		return of(name, "app.HoldfastServer", mode, and(METRICS, WEB));
	}

	/**
	 * Return the sample application.
	 * @param name the name in the table
	 * @param server which of its servers is measured
	 * @param arguments arguments of the application
	 * @return the server
	 */
	static Contender sample(String name, String server, List<String> arguments) {
		return new Contender(name, SAMPLE, server, List.of(), arguments, List.of(), "");
	}

	static Contender empty() {
		return of("Empty", "app.EmptyApplication", "empty", and(OPTIONAL, HOLDFAST));
	}

	/**
	 * Return an application that starts a Netty server of its own.
	 * @return the application
	 */
	static Contender nettyApplication() {
		return of("Netty as a bean", "app.NettyApplication", "netty",
				and(OPTIONAL, and(HOLDFAST_MODULES, List.of("reactor"))));
	}

	/**
	 * Return an application with one Holdfast server and nothing else.
	 * @return the application
	 */
	static Contender echoApplication() {
		return of("Holdfast", ECHO, "holdfast", OPTIONAL).with("--holdfast.servers.bench.port=0");
	}

	static Contender peer(String name, String program, String mode) {
		return of(name, "server." + program, mode, List.of());
	}

	private static Contender of(String name, String mainClass, String mode, List<String> excluded) {
		return new Contender(name, mainClass, mode, excluded, List.of(), List.of(), "");
	}

	private static List<String> and(List<String> first, List<String> second) {
		List<String> both = new ArrayList<>(first);
		both.addAll(second);
		return List.copyOf(both);
	}

	Contender with(String... arguments) {
		return new Contender(this.name, this.mainClass, this.mode, this.excluded, List.of(arguments), this.jvmFlags,
				this.load);
	}

	Contender withMetrics() {
		List<String> excluded = this.excluded.stream().filter((entry) -> !METRICS.contains(entry)).toList();
		return new Contender(this.name, this.mainClass, this.mode, excluded, this.arguments, this.jvmFlags, this.load);
	}

	Contender withJvm(String... flags) {
		return new Contender(this.name, this.mainClass, this.mode, this.excluded, this.arguments, List.of(flags),
				this.load);
	}

	/**
	 * Return this server with TLS.
	 * @param keys a PKCS #12 file
	 * @return the server
	 */
	Contender withTls(String keys) {
		List<String> arguments = isHoldfast() ? Settings.tls(keys) : List.of(keys);
		return new Contender(this.name, this.mainClass, this.mode, this.excluded, arguments, this.jvmFlags,
				this.load + " tls=true");
	}

	/**
	 * Return this server with the other provider of TLS.
	 * @return the server
	 */
	Contender withOpenSsl() {
		List<String> excluded = this.excluded.stream().filter((entry) -> !OPENSSL.equals(entry)).toList();
		return new Contender(this.name, this.mainClass, this.mode, excluded,
				and(this.arguments, List.of(Settings.OPENSSL)), this.jvmFlags, this.load);
	}

	/**
	 * Return this server with another kind of load.
	 * @param load what is added to the plans
	 * @return the server
	 */
	Contender withLoad(String load) {
		return new Contender(this.name, this.mainClass, this.mode, this.excluded, this.arguments, this.jvmFlags,
				this.load + load);
	}

	boolean isHoldfast() {
		return ECHO.equals(this.mainClass) || "app.HoldfastServer".equals(this.mainClass);
	}

	boolean isSample() {
		return SAMPLE.equals(this.mainClass);
	}

}
