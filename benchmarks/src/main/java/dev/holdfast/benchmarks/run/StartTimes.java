package dev.holdfast.benchmarks.run;

import java.util.List;
import java.util.Map;

/**
 * Measures how long applications take to start, from the start of the process to its last
 * server listening, and what that takes of the processors.
 */
final class StartTimes {

	private static final String MILLIS = "millis";

	private static final String CPU_MILLIS = "cpuMillis";

	private StartTimes() {
	}

	static void measure(RunOptions options) throws Exception {
		RunOptions both = options.orElse("server-cores", "0,1");
		List<Contender> contenders = both
			.choose(List.of(Contender.empty(), Contender.nettyApplication(), Contender.echoApplication()));
		Results results = new Results();
		for (int round = 0; round <= both.rounds(); round++) {
			for (Contender contender : contenders) {
				try (Launcher launcher = new Launcher(both); ServerProcess server = launcher.server(contender)) {
					if (round > 0) {
						results.add(contender.name(), Map.of(MILLIS, server.startSeconds() * 1000, CPU_MILLIS,
								(double) server.startCpuTime().toMillis()));
					}
				}
			}
		}
		print(contenders, results);
	}

	private static void print(List<Contender> contenders, Results results) {
		String first = contenders.get(0).name();
		MarkdownTable table = new MarkdownTable("application", "ms to start", "more than the first", "range",
				"CPU time, ms", "more than the first");
		for (Contender contender : contenders) {
			Samples millis = results.of(contender.name(), MILLIS);
			Samples cpu = results.of(contender.name(), CPU_MILLIS);
			table.row(contender.name(), "%,.0f".formatted(millis.median()),
					"%,.0f".formatted(millis.minus(results.of(first, MILLIS))),
					"%,.0f–%,.0f".formatted(millis.min(), millis.max()), "%,.0f".formatted(cpu.median()),
					"%,.0f".formatted(cpu.minus(results.of(first, CPU_MILLIS))));
		}
		table.print();
	}

}
