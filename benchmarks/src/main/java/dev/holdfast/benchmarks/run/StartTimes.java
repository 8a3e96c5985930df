package dev.holdfast.benchmarks.run;

import java.util.List;
import java.util.Map;

/**
 * Measures how long applications take to start, from the start of the process to its last
 * server listening.
 */
final class StartTimes {

	private StartTimes() {
	}

	static void measure(RunOptions options) throws Exception {
		List<Contender> contenders = options.choose(List.of(Contender.empty(), Contender.holdfast("echo")));
		Results results = new Results();
		for (int round = 0; round <= options.rounds(); round++) {
			for (Contender contender : contenders) {
				try (Launcher launcher = new Launcher(options); ServerProcess server = launcher.server(contender)) {
					if (round > 0) {
						results.add(contender.name(), Map.of("millis", server.startSeconds() * 1000));
					}
				}
			}
		}
		Samples empty = results.of(contenders.get(0).name(), "millis");
		MarkdownTable table = new MarkdownTable("application", "ms to start", "more than the first", "range");
		for (Contender contender : contenders) {
			Samples millis = results.of(contender.name(), "millis");
			table.row(contender.name(), "%,.0f".formatted(millis.median()),
					"%,.0f".formatted(millis.median() - empty.median()),
					"%,.0f–%,.0f".formatted(millis.min(), millis.max()));
		}
		table.print();
	}

}
