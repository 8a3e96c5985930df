package dev.holdfast.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import dev.holdfast.autoconfigure.HoldfastProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each YAML block of README and guide can be read and bound, and has no key
 * that {@code docs/configuration.md} does not know.
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

	@ParameterizedTest
	@MethodSource("holdfastBlocks")
	void blockWhenBoundHasNoUnknownKeyOrValue(MarkdownBlock block) throws IOException {
		HoldfastProperties properties = new Binder(ConfigurationPropertySources.from(sources(block)))
			.bind("holdfast", Bindable.of(HoldfastProperties.class),
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.get();
		assertThat(properties.servers().isEmpty()).isNotEqualTo(block.text().contains("servers"));
	}

	@Test
	void bindWhenKeyIsUnknownThrowsException() {
		MarkdownBlock block = new MarkdownBlock("page", 1, "yaml", "holdfast.servers.echo.prot: 9000");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> blockWhenBoundHasNoUnknownKeyOrValue(block))
			.havingRootCause()
			.isInstanceOf(UnboundConfigurationPropertiesException.class);
	}

	static List<MarkdownBlock> blocks() {
		return MarkdownPage.all().stream().flatMap((page) -> page.blocks("yaml").stream()).toList();
	}

	static List<MarkdownBlock> holdfastBlocks() {
		return blocks().stream().filter((block) -> block.text().contains("holdfast:")).toList();
	}

	private static List<String> keys(MarkdownBlock block) throws IOException {
		return sources(block).stream().flatMap((source) -> Arrays.stream(names(source))).toList();
	}

	private static List<PropertySource<?>> sources(MarkdownBlock block) throws IOException {
		ByteArrayResource resource = new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8));
		return new YamlPropertySourceLoader().load(block.toString(), resource);
	}

	private static String[] names(PropertySource<?> source) {
		return ((EnumerablePropertySource<?>) source).getPropertyNames();
	}

}
