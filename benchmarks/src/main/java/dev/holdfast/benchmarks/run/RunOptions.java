package dev.holdfast.benchmarks.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a table is made. Immutable.
 *
 * @param values the options by name
 */
record RunOptions(Map<String, String> values) {

	static RunOptions parse(String... args) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < args.length; i += 2) {
			if (!args[i].startsWith("--") || i + 1 == args.length) {
				throw new IllegalArgumentException("Expected --key value instead of '%s'".formatted(args[i]));
			}
			values.put(args[i].substring(2), args[i + 1]);
		}
		return new RunOptions(Map.copyOf(values));
	}

	/**
	 * Return these options and another.
	 * @param name the name of the option
	 * @param value the value, unless the option is set already
	 * @return the options
	 */
	RunOptions orElse(String name, String value) {
		Map<String, String> more = new HashMap<>(this.values);
		more.putIfAbsent(name, value);
		return new RunOptions(Map.copyOf(more));
	}

	private String text(String name, String fallback) {
		return this.values.getOrDefault(name, fallback);
	}

	private List<String> list(String name, String fallback) {
		return split(text(name, fallback), " +");
	}

	private static List<String> split(String text, String separator) {
		return Arrays.stream(text.split(separator)).filter((item) -> !item.isEmpty()).toList();
	}

	/**
	 * Return how often each server is measured.
	 * @return the number of rounds
	 */
	int rounds() {
		return Integer.parseInt(text("rounds", "5"));
	}

	/**
	 * Return how long a measurement takes.
	 * @return seconds
	 */
	double seconds() {
		return Double.parseDouble(text("seconds", "3"));
	}

	/**
	 * Return how long load runs before it is measured.
	 * @return seconds
	 */
	double warmup() {
		return Double.parseDouble(text("warmup", "0.5"));
	}

	/**
	 * Return how long each server runs under load before the first round.
	 * @return seconds
	 */
	double heatup() {
		return Double.parseDouble(text("heatup", "6"));
	}

	int connections(int fallback) {
		return Integer.parseInt(text("connections", Integer.toString(fallback)));
	}

	double rate(double fallback) {
		return Double.parseDouble(text("rate", Double.toString(fallback)));
	}

	List<Integer> depths(String fallback) {
		return split(text("depths", fallback), ",").stream().map(Integer::valueOf).toList();
	}

	List<Contender> choose(List<Contender> all) {
		List<String> names = split(text("only", ""), ",");
		return names.isEmpty() ? all : all.stream().filter((contender) -> names.contains(contender.name())).toList();
	}

	String java() {
		return text("java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
	}

	List<String> jvmFlags() {
		return list("jvm", "-Xms1g -Xmx1g -XX:+UseSerialGC");
	}

	/**
	 * Return the cores that servers run on.
	 * @return a list as {@code taskset} takes it
	 */
	String serverCores() {
		return text("server-cores", "0");
	}

	/**
	 * Return the cores that the load generator runs on.
	 * @return a list as {@code taskset} takes it
	 */
	String loadCores() {
		return text("load-cores", "1");
	}

	/**
	 * Return system properties of all servers.
	 * @return the flags
	 */
	List<String> properties() {
		return list("properties", "-Dreactor.netty.ioWorkerCount=1");
	}

	/**
	 * Return options whose flags are these, unless some were given.
	 * @param flags the flags
	 * @return the options
	 */
	RunOptions withJvmFlags(String flags) {
		return orElse("jvm", flags);
	}

	/**
	 * Return an agent or other flags for the first server only, to look into it.
	 * @return the flags
	 */
	List<String> profileFlags() {
		return list("profile", "");
	}

	/**
	 * Return whether applications start from an archive of the classes that they load.
	 * @return whether one is made before
	 */
	boolean archive() {
		return Boolean.parseBoolean(text("archive", "false"));
	}

	List<String> applicationArguments() {
		return list("args", "");
	}

}
