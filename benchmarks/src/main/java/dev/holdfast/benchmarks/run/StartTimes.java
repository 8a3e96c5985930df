package dev.holdfast.benchmarks.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.util.Assert;

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
		print(contenders, starts(both, both.archive() ? archived(both, contenders) : contenders));
	}

	/**
	 * Let each application write an archive of the classes that it has loaded, from Java
	 * 25 on a cache that holds their links and profiles too.
	 * @param options how it is started
	 * @param contenders the applications
	 * @return the applications, starting from their archives
	 * @throws Exception if one writes none
	 */
	private static List<Contender> archived(RunOptions options, List<Contender> contenders) throws Exception {
		boolean cache = Machine.release(options.java()) >= 25;
		String write = cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
		String read = cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
		Path directory = Files.createTempDirectory("archives");
		directory.toFile().deleteOnExit();
		List<Contender> archived = new ArrayList<>();
		for (Contender contender : contenders) {
			Path archive = directory.resolve(contender.mode());
			archive.toFile().deleteOnExit();
			try (Launcher launcher = new Launcher(options)) {
				launcher.server(contender.withJvm(write + archive)).close();
			}
			Assert.state(Files.exists(archive), () -> contender.name() + " has written no archive");
			archived.add(contender.withJvm(read + archive));
		}
		return archived;
	}

	private static Results starts(RunOptions options, List<Contender> contenders) throws Exception {
		Results results = new Results();
		for (int round = 0; round <= options.rounds(); round++) {
			for (Contender contender : contenders) {
				try (Launcher launcher = new Launcher(options); ServerProcess server = launcher.server(contender)) {
					if (round > 0) {
						results.add(contender.name(), Map.of(MILLIS, server.startSeconds() * 1000, CPU_MILLIS,
								(double) server.startCpuTime().toMillis()));
					}
				}
			}
		}
		return results;
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
