package dev.holdfast.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each Java block of README and guide is part of a source file that the build
 * compiles.
 */
class JavaBlockTests {

	private static final List<String> SOURCES = sources();

	@ParameterizedTest
	@MethodSource("blocks")
	void blockWhenNormalizedIsPartOfCompiledSource(MarkdownBlock block) {
		String text = normalize(block.text());
		assertThat(text).isNotEmpty();
		assertThat(SOURCES).as("sources that hold the block of %s", block)
			.anySatisfy((source) -> assertThat(source).contains(text));
	}

	static List<MarkdownBlock> blocks() {
		return MarkdownPage.all().stream().flatMap((page) -> page.blocks("java").stream()).toList();
	}

	private static List<String> sources() {
		Path root = MarkdownPage.MODULE.resolve("src/test/java");
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((file) -> isSnippet(root.relativize(file))).map(JavaBlockTests::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isSnippet(Path file) {
		return file.toString().endsWith(".java") && !Path.of("dev/holdfast/docs").equals(file.getParent());
	}

	private static String read(Path file) {
		try {
			return normalize(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String normalize(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

}
