package dev.holdfast.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DashboardFiles}.
 */
class DashboardFilesTests {

	private final DashboardFiles files = new DashboardFiles();

	@Test
	void namesAreThoseOfAllFilesButThePage() throws IOException {
		try (Stream<Path> found = Files.list(Path.of("src/main/resources", DashboardFiles.LOCATION))) {
			assertThat(found.map((file) -> file.getFileName().toString()))
				.filteredOn((name) -> !name.equals(DashboardFiles.PAGE))
				.containsExactlyInAnyOrderElementsOf(DashboardFiles.NAMES);
		}
	}

	@Test
	void pageWhenNamedRefersToFilesBelow() {
		assertThat(page()).contains("<script type=\"module\" src=\"dash/dashboard.js\">").doesNotContain("{path}");
		assertThat(matches("(?:src|href)=\"(?!#)([^\"]*)\"", page())).allSatisfy((reference) -> {
			assertThat(reference.group(1)).startsWith("dash/");
			assertThat(DashboardFiles.NAMES).contains(reference.group(1).substring("dash/".length()));
		});
	}

	@Test
	void pageHasNeitherInlineScriptsNorStyles() {
		assertThat(page()).doesNotContainPattern("<script[^>]*>[^<]")
			.doesNotContain("<style", " style=", "javascript:")
			.doesNotContainPattern(" on[a-z]+=");
	}

	@ParameterizedTest
	@MethodSource("names")
	void fileNeedsNothingFromOutside(String name) {
		assertThat(content(name).replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "//cdn");
	}

	@ParameterizedTest
	@MethodSource("names")
	void fileMakesNoMarkupOutOfText(String name) {
		assertThat(content(name)).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
				"eval(", "new Function");
	}

	@ParameterizedTest
	@MethodSource("names")
	void fileImportsFilesThatThereAre(String name) {
		assertThat(matches("(?:from|import\\() ?'\\./([^']*)'", content(name)))
			.allSatisfy((reference) -> assertThat(DashboardFiles.NAMES).contains(reference.group(1)));
	}

	@ParameterizedTest
	@MethodSource("names")
	void fileIsShortEnoughToRead(String name) {
		assertThat(content(name).lines()).hasSizeLessThan(400)
			.allSatisfy((line) -> assertThat(line).hasSizeLessThan(140));
	}

	@Test
	void getWhenUnknownReturnsNull() {
		assertThat(this.files.get("index.html")).isNull();
		assertThat(this.files.get("../dashboard/api.js")).isNull();
		assertThat(this.files.get("")).isNull();
	}

	@Test
	void typeIsThatOfExtension() {
		assertThat(DashboardFiles.type("api.js")).hasToString("text/javascript;charset=UTF-8");
		assertThat(DashboardFiles.type("base.css")).hasToString("text/css;charset=UTF-8");
		assertThat(DashboardFiles.type("icon.svg")).hasToString("image/svg+xml");
	}

	static Stream<String> names() {
		return DashboardFiles.NAMES.stream();
	}

	private String page() {
		return new String(this.files.page("dash"), StandardCharsets.UTF_8);
	}

	private String content(String name) {
		return new String(Objects.requireNonNull(this.files.get(name)), StandardCharsets.UTF_8);
	}

	private Stream<MatchResult> matches(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results();
	}

}
