package dev.holdfast.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code .ci/commands} says of each command of README and guide what runs it,
 * or why nothing does.
 */
class ShellCommandTests {

	private static final Path CI = MarkdownPage.PROJECT.resolve(".ci");

	private static final List<Rule> rules = readRules();

	@ParameterizedTest
	@MethodSource("commands")
	void commandWhenShownHasARule(String command) {
		assertThat(rules).as("rules of .ci/commands, which needs a line for each command that is shown")
			.anyMatch((rule) -> rule.matches(command));
	}

	@ParameterizedTest
	@MethodSource("commands")
	@DisabledOnOs(OS.WINDOWS)
	void commandWhenShownIsShell(String command) throws Exception {
		Process shell = new ProcessBuilder("bash", "-n", "-c", command.replaceAll("<[a-z ]+>", "it"))
			.redirectErrorStream(true)
			.start();
		assertThat(new String(shell.getInputStream().readAllBytes())).isEmpty();
		assertThat(shell.waitFor()).isZero();
	}

	@Test
	void rulesWhenReadFitACommand() {
		List<String> commands = commands();
		assertThat(rules)
			.allSatisfy((rule) -> assertThat(commands).as(rule.pattern()).anyMatch((command) -> rule.matches(command)));
	}

	@Test
	void rulesWhenTheyNameAStepOrATestAreRight() throws IOException {
		String steps = Files.readString(CI.resolve("run"));
		List<String> sources = sources();
		assertThat(rules).allSatisfy((rule) -> {
			switch (rule.kind()) {
				case "ci" -> assertThat(steps).contains("\n" + rule.detail() + "() {\n");
				case "test" -> assertThat(sources).contains(rule.detail() + ".java");
				case "no" -> assertThat(rule.detail()).isNotBlank();
				default -> assertThat(rule.how()).isIn("run", "start", "brief");
			}
		});
	}

	static List<String> commands() {
		return MarkdownPage.all()
			.stream()
			.flatMap((page) -> Stream.concat(shell(page), prompts(page)))
			.map((command) -> command.replaceAll(" +# .*", ""))
			.distinct()
			.toList();
	}

	private static Stream<String> shell(MarkdownPage page) {
		return page.blocks("shell")
			.stream()
			.flatMap((block) -> block.text().replaceAll(" *\\\\\n *", " ").lines())
			.filter((line) -> !line.isBlank());
	}

	private static Stream<String> prompts(MarkdownPage page) {
		return page.blocks("")
			.stream()
			.flatMap((block) -> block.text().lines())
			.filter((line) -> line.startsWith("$ "))
			.map((line) -> line.substring(2));
	}

	private static List<String> sources() throws IOException {
		try (Stream<Path> files = Files.walk(MarkdownPage.PROJECT)) {
			return files.map((file) -> file.getFileName().toString()).filter((name) -> name.endsWith(".java")).toList();
		}
	}

	private static List<Rule> readRules() {
		return MarkdownPage.read(CI.resolve("commands"))
			.lines()
			.stream()
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.map((line) -> line.split(" \\| ", 2))
			.map((parts) -> new Rule(parts[0], parts[1]))
			.toList();
	}

	/**
	 * What happens to commands. Immutable.
	 *
	 * @param how what happens
	 * @param pattern the command, or its beginning and {@code *}
	 */
	private record Rule(String how, String pattern) {

		String kind() {
			return this.how.split(" ", 2)[0];
		}

		String detail() {
			return this.how.substring(kind().length()).strip();
		}

		boolean matches(String command) {
			return this.pattern.endsWith("*") ? command.startsWith(this.pattern.substring(0, this.pattern.length() - 1))
					: command.equals(this.pattern);
		}

	}

}
