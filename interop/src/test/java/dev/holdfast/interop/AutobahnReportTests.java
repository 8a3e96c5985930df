package dev.holdfast.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the Autobahn test suite found, which reports success also if it ran no case
 * at all.
 */
@Tag("autobahn")
class AutobahnReportTests {

	private static final Map<String, Integer> GROUPS = Map.of("1", 16, "2", 11, "3", 7, "4", 10, "5", 20, "6", 145, "7",
			37, "9", 54, "10", 1);

	private static final List<String> MAY_BE_NON_STRICT = List.of("6.4.3", "6.4.4");

	private static Map<String, JsonNode> results;

	@BeforeAll
	static void read() throws IOException {
		Path index = Path.of(System.getProperty("autobahn.reports"), "index.json");
		JsonNode report = JsonMapper.shared().readTree(Files.readString(index));
		results = new TreeMap<>();
		report.values()
			.iterator()
			.next()
			.properties()
			.forEach((entry) -> results.put(entry.getKey(), entry.getValue()));
	}

	private static Stream<String> named(String prefix) {
		return results.keySet().stream().filter((name) -> name.startsWith(prefix));
	}

	@Test
	void casesWhenSelectedWereRun() {
		for (String selected : System.getProperty("autobahn.cases").split(",")) {
			String prefix = selected.replace("*", "");
			assertThat(named(prefix)).as("cases of %s", selected).isNotEmpty();
			if (selected.matches("\\d+\\.\\*")) {
				assertThat(named(prefix)).as("cases of %s", selected).hasSize(GROUPS.get(prefix.replace(".", "")));
			}
		}
	}

	@Test
	void behaviourWhenJudgedIsAsTheStandardSays() {
		assertThat(results).allSatisfy((name, result) -> {
			assertThat(result.get("behavior").asString()).as(name)
				.isIn(MAY_BE_NON_STRICT.contains(name) ? List.of("OK", "NON-STRICT") : List.of("OK", "INFORMATIONAL"));
			assertThat(result.get("behaviorClose").asString()).as(name).isIn("OK", "INFORMATIONAL");
		});
	}

}
