package dev.holdfast.benchmarks.run;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Program that measures servers against each other and prints Markdown tables: the first
 * argument names the table, {@code --key value} pairs change how it is made.
 */
public final class Benchmarks {

	private static final Map<String, Measurement> MEASUREMENTS = new TreeMap<>(
			Map.ofEntries(Map.entry("echo", RequestRates::echo), Map.entry("json", RequestRates::json),
					Map.entry("async", RequestRates::async), Map.entry("overhead", RequestRates::overhead),
					Map.entry("tls", RequestRates::tls), Map.entry("websocket", RequestRates::webSocket),
					Map.entry("jvm", RequestRates::jvm), Map.entry("latency", RequestRates::latency),
					Map.entry("connect", RequestRates::connect), Map.entry("broadcast", PushRates::measure),
					Map.entry("memory", MemoryCosts::measure), Map.entry("native", NativeCosts::measure),
					Map.entry("startup", StartTimes::measure), Map.entry("database", DatabaseRates::measure)));

	private Benchmarks() {
	}

	/**
	 * Make a table.
	 * @param args the name of the table and options
	 * @throws Exception if it cannot be made
	 */
	public static void main(String[] args) throws Exception {
		Measurement measurement = (args.length > 0) ? MEASUREMENTS.get(args[0]) : null;
		if (measurement == null) {
			System.err.println("Usage: run " + String.join("|", MEASUREMENTS.keySet())
					+ "|jmh|connections [--rounds n] [--seconds n] [--only a,b] …");
			System.exit(1);
			return;
		}
		RunOptions options = RunOptions.parse(Arrays.copyOfRange(args, 1, args.length));
		System.out.println(Machine.describe(options));
		measurement.measure(options);
	}

	/**
	 * Something that can be measured.
	 */
	@FunctionalInterface
	private interface Measurement {

		void measure(RunOptions options) throws Exception;

	}

}
