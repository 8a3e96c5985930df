package dev.holdfast.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The rows of the tables in {@code docs/configuration.md}, one for each key.
 */
final class ConfigurationKeys {

	private static final Pattern ROW = Pattern.compile("\\| `(holdfast\\.[^`]+)` \\|([^|]+)\\|([^|]+)\\|([^|]+)\\|");

	private static final Pattern SERVER = Pattern.compile("^holdfast\\.servers\\.[a-z0-9-]+\\.");

	private ConfigurationKeys() {
	}

	static List<String> documented() {
		return rows().stream().map((row) -> row.group(1)).toList();
	}

	static List<MatchResult> rows() {
		MarkdownPage page = MarkdownPage.read(MarkdownPage.MODULE.resolve("configuration.md"));
		return page.lines().stream().flatMap((line) -> ROW.matcher(line).results()).toList();
	}

	static String generalize(String key) {
		return SERVER.matcher(key)
			.replaceFirst("holdfast.servers.<name>.")
			.replaceAll("\\.ssl\\.sni[.\\[].*", ".ssl.sni")
			.replaceAll("\\[\\d+\\]", "");
	}

}
