package dev.holdfast.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/**
 * The machine that measures.
 */
final class Machine {

	private Machine() {
	}

	static String describe(RunOptions options) throws Exception {
		String cpu = Files.readAllLines(Path.of("/proc/cpuinfo"))
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 2))
			.findFirst()
			.orElse("unknown CPU");
		return "%s; %s, %d cores; Linux %s; %s; flags %s; %d rounds of %.1f s".formatted(LocalDate.now(), cpu,
				Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"), java(options.java()),
				String.join(" ", options.jvmFlags()), options.rounds(), options.seconds());
	}

	private static String java(String java) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
		String version = process.inputReader().readLine();
		process.waitFor(10, TimeUnit.SECONDS);
		return version;
	}

}
