package dev.holdfast.docs;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each relative link of README and guide leads to a file, and to a heading of
 * it, that exists.
 */
class LinkTests {

	@ParameterizedTest
	@MethodSource("pages")
	void linksWhenRelativeLeadToFilesAndHeadings(MarkdownPage page) {
		assertThat(page.links().stream().filter((link) -> !link.matches("[a-z]+:.*")))
			.allSatisfy((link) -> assertThatLeadsSomewhere(page, link));
	}

	static List<MarkdownPage> pages() {
		return MarkdownPage.all();
	}

	private static void assertThatLeadsSomewhere(MarkdownPage page, String link) {
		String[] parts = link.split("#", 2);
		Path file = MarkdownPage.PROJECT.resolve(page.file());
		Path target = (!parts[0].isEmpty()) ? file.resolveSibling(parts[0]).normalize() : file;
		assertThat(target).exists().startsWithRaw(MarkdownPage.PROJECT);
		if (parts.length > 1) {
			assertThat(MarkdownPage.read(target).anchors()).contains(parts[1]);
		}
	}

}
