package dev.holdfast.docs;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MarkdownPage}.
 */
class MarkdownPageTests {

	private final MarkdownPage page = page("""
			# A `holdfast.io` title, and more
			See [one](one.md#part) and `[no](link.md)`.
			```java
			# no heading
			[no](link.md)
			```
			## Part
			```yaml
			key: value
			other: value
			```
			## Part
			""");

	@Test
	void allWhenCalledReadsReadmeAndGuide() {
		assertThat(MarkdownPage.all()).extracting(MarkdownPage::toString).contains("README.md", "docs/README.md");
	}

	@Test
	void blocksWhenLanguageIsGivenReturnsBlocksOfLanguage() {
		assertThat(this.page.blocks("yaml"))
			.containsExactly(new MarkdownBlock("page.md", 9, "yaml", "key: value\nother: value"));
	}

	@Test
	void linksWhenCodeHasBracketsReturnsLinksOfProse() {
		assertThat(this.page.links()).containsExactly("one.md#part");
	}

	@Test
	void anchorsWhenHeadingsRepeatReturnsNumberedAnchors() {
		assertThat(this.page.anchors()).containsExactly("a-holdfastio-title-and-more", "part", "part-1");
	}

	private static MarkdownPage page(String text) {
		return new MarkdownPage(Path.of("page.md"), List.of(text.split("\n")));
	}

}
