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
 * Tests that each Kotlin block of README and guide is part of a source file that the
 * build compiles in {@code autoconfigure}, where handlers in Kotlin are tested.
 */
class KotlinBlockTests {

	private static final Path SOURCES = MarkdownPage.PROJECT.resolve("autoconfigure/src/test/kotlin/dev/holdfast/docs");

	@ParameterizedTest
	@MethodSource("blocks")
	void blockWhenNormalizedIsPartOfCompiledSource(MarkdownBlock block) throws IOException {
		try (Stream<Path> files = Files.list(SOURCES)) {
			assertThat(files.map(KotlinBlockTests::read)).as("sources that hold the block of %s", block)
				.anySatisfy((source) -> assertThat(source).contains(normalize(block.text())));
		}
	}

	static List<MarkdownBlock> blocks() {
		return MarkdownPage.all().stream().flatMap((page) -> page.blocks("kotlin").stream()).toList();
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
