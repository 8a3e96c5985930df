package dev.holdfast.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * The machine that measures.
 */
final class Machine {

	private static final Pattern VERSION = Pattern.compile("version \"(\\d+)");

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

	/**
	 * Return the feature release of a Java, such as 17.
	 * @param java its command
	 * @return the release
	 * @throws Exception if it does not start, or does not tell
	 */
	static int release(String java) throws Exception {
		Matcher version = VERSION.matcher(java(java));
		Assert.state(version.find(), () -> java + " does not tell its version");
		return Integer.parseInt(version.group(1));
	}

	private static String java(String java) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
		List<String> lines = process.inputReader().lines().toList();
		process.waitFor(10, TimeUnit.SECONDS);
		return lines.stream().filter((line) -> VERSION.matcher(line).find()).findFirst().orElse("");
	}

}
