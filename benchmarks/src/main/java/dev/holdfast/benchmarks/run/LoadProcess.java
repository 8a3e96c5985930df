package dev.holdfast.benchmarks.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A load generator that runs and takes plans. Confined to one thread.
 */
final class LoadProcess {

	private final BufferedWriter plans;

	private final BufferedReader results;

	LoadProcess(Process process) {
		this.plans = process.outputWriter();
		this.results = process.inputReader();
	}

	/**
	 * Run a plan against a server.
	 * @param server the server
	 * @param plan the plan, but for port and process
	 * @param arguments what the format of the plan names
	 * @return the results by name
	 * @throws IOException if the generator fails
	 */
	Map<String, Double> run(ServerProcess server, String plan, Object... arguments) throws IOException {
		this.plans.write("port=%d pid=%d %s %s\n".formatted(server.port(), server.pid(), plan.formatted(arguments),
				server.load()));
		this.plans.flush();
		Map<String, Double> values = new HashMap<>();
		for (String pair : Launcher.await(this.results, "RESULT").split(" ")) {
			String[] parts = pair.split("=");
			if (parts.length == 2) {
				values.put(parts[0], Double.valueOf(parts[1]));
			}
		}
		if (values.getOrDefault("wrong", 0.0) > 0 || values.getOrDefault("missing", 0.0) > 0) {
			System.err.printf("%s: wrong or missing replies: %s%n", server.name(), values);
		}
		return values;
	}

}
