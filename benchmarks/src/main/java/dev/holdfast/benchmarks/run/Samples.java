package dev.holdfast.benchmarks.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Results of the same measurement, round by round. Confined to one thread.
 */
final class Samples {

	private final List<Double> values = new ArrayList<>();

	void add(double value) {
		this.values.add(value);
	}

	double median() {
		List<Double> sorted = new ArrayList<>(this.values);
		Collections.sort(sorted);
		int half = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
	}

	double min() {
		return Collections.min(this.values);
	}

	double max() {
		return Collections.max(this.values);
	}

	/**
	 * Return the median of the ratios of what was measured in the same round.
	 * @param others the results to divide by
	 * @return the ratio
	 */
	double ratio(Samples others) {
		return compared(others, (value, other) -> value / other);
	}

	/**
	 * Return the median of the differences of what was measured in the same round.
	 * @param others the results to take away
	 * @return the difference
	 */
	double minus(Samples others) {
		return compared(others, (value, other) -> value - other);
	}

	private double compared(Samples others, DoubleBinaryOperator comparison) {
		Samples results = new Samples();
		for (int i = 0; i < Math.min(this.values.size(), others.values.size()); i++) {
			results.add(comparison.applyAsDouble(this.values.get(i), others.values.get(i)));
		}
		return results.median();
	}

}
