package dev.holdfast.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each YAML block of README and guide can be read and has no key that
 * {@code docs/configuration.md} does not know.
 */
class YamlBlockTests {

	@ParameterizedTest
	@MethodSource("blocks")
	void blockWhenReadHasDocumentedKeys(MarkdownBlock block) throws IOException {
		List<String> keys = keys(block);
		assertThat(keys).isNotEmpty();
		assertThat(keys.stream().filter((key) -> key.startsWith("holdfast.")).map(ConfigurationKeys::generalize))
			.isSubsetOf(ConfigurationKeys.documented());
	}

	static List<MarkdownBlock> blocks() {
		return MarkdownPage.all().stream().flatMap((page) -> page.blocks("yaml").stream()).toList();
	}

	private static List<String> keys(MarkdownBlock block) throws IOException {
		ByteArrayResource resource = new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8));
		return new YamlPropertySourceLoader().load(block.toString(), resource)
			.stream()
			.flatMap((source) -> Arrays.stream(names(source)))
			.toList();
	}

	private static String[] names(PropertySource<?> source) {
		return ((EnumerablePropertySource<?>) source).getPropertyNames();
	}

}
