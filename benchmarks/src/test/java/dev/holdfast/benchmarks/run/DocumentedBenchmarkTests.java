package dev.holdfast.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the measurements that the guide tells to repeat exist, and that their
 * options can be read.
 */
class DocumentedBenchmarkTests {

	private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

	private static final Pattern COMMAND = Pattern.compile("^benchmarks/run (\\w+)(.*)$", Pattern.MULTILINE);

	private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

	@ParameterizedTest
	@MethodSource("commands")
	void commandWhenShownHasTableAndOptions(String table, List<String> words) throws IOException {
		assertThat(Files.readString(PROJECT.resolve("benchmarks/run"))).contains(table);
		RunOptions options = RunOptions.parse(words.toArray(String[]::new));
		assertThat(options.rounds()).isPositive();
		assertThat(options.seconds()).isPositive();
		assertThat(options.heatup()).isPositive();
		assertThat(options.rate(1)).isPositive();
		assertThat(options.depths("1")).allMatch((depth) -> depth > 0);
	}

	static Stream<Object[]> commands() throws IOException {
		try (Stream<Path> pages = Files.list(PROJECT.resolve("docs"))) {
			return pages.filter((page) -> page.toString().endsWith(".md"))
				.sorted()
				.toList()
				.stream()
				.flatMap((page) -> COMMAND.matcher(read(page)).results())
				.map((command) -> new Object[] { command.group(1), words(command.group(2)) });
		}
	}

	private static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> words(String text) {
		Matcher matcher = WORD.matcher(text);
		return matcher.results().map((word) -> (word.group(1) != null) ? word.group(1) : word.group(2)).toList();
	}

}
