package dev.holdfast.benchmarks.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured with one plan, by server and name. Confined to one thread.
 */
final class Results {

	private final Map<String, Map<String, Samples>> servers = new HashMap<>();

	void add(String server, Map<String, Double> values) {
		Map<String, Samples> samples = this.servers.computeIfAbsent(server, (key) -> new HashMap<>());
		values.forEach((name, value) -> samples.computeIfAbsent(name, (key) -> new Samples()).add(value));
	}

	Samples of(String server, String name) {
		return this.servers.getOrDefault(server, Map.of()).getOrDefault(name, new Samples());
	}

	/**
	 * Return the cells that tell a rate and what it costs.
	 * @param server the server
	 * @param reference the server that it is compared with
	 * @return rate, ratio, range of the rates, CPU time, ratio
	 */
	List<Object> rateCells(String server, String reference) {
		Samples rate = of(server, "rate");
		Samples cpu = of(server, "cpuMicros");
		return List.of("%,.0f".formatted(rate.median()), "%.2f".formatted(rate.ratio(of(reference, "rate"))),
				"%,.0f–%,.0f k".formatted(rate.min() / 1e3, rate.max() / 1e3), "%.3f".formatted(cpu.median()),
				"%.2f".formatted(cpu.ratio(of(reference, "cpuMicros"))));
	}

}
