package dev.holdfast.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Named numbers, printed as one line that a program can read. Confined to one thread.
 */
final class LoadResult {

	static final String PREFIX = "RESULT";

	private final Map<String, Double> values = new LinkedHashMap<>();

	LoadResult with(String name, double value) {
		this.values.put(name, value);
		return this;
	}

	double get(String name) {
		return this.values.getOrDefault(name, Double.NaN);
	}

	@Override
	public String toString() {
		return this.values.entrySet()
			.stream()
			.map((entry) -> String.format(Locale.ROOT, " %s=%.3f", entry.getKey(), entry.getValue()))
			.collect(Collectors.joining("", PREFIX, ""));
	}

}
