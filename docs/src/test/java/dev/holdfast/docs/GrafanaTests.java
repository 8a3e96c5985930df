package dev.holdfast.docs;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.yaml.snakeyaml.Yaml;

import dev.holdfast.connection.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the dashboard and the alert rules use only meters and labels that exist.
 */
class GrafanaTests {

	private static final Pattern METER = Pattern.compile("\\b(?:holdfast|jvm|process|system)_\\w+");

	private static final Pattern LABELS = Pattern.compile("by \\(([^)]*)\\)");

	private static final Pattern CONDITION = Pattern.compile("(\\w+)=~?\"([^\"]*)\"");

	private static final Set<String> ADDED_BY_PROMETHEUS = Set.of("instance", "job");

	private static final Set<String> SCRAPED = scrape();

	@ParameterizedTest
	@ValueSource(strings = { "grafana/holdfast.json", "grafana/alerts.yml" })
	void expressionsWhenReadUseMetersAndLabelsThatExist(String file) throws IOException {
		List<String> expressions = expressions(file);
		assertThat(expressions).hasSizeGreaterThan(10).allSatisfy((expression) -> {
			Set<String> meters = matches(METER, expression);
			assertThat(meters).isNotEmpty().allSatisfy((meter) -> assertThat(SCRAPED).contains(meter));
			assertThat(labels(expression)).allSatisfy((label) -> assertThat(meters)
				.allSatisfy((meter) -> assertThat(SCRAPED).contains(meter + " " + label)));
		});
	}

	@Test
	void reasonsWhenNamedAreReasons() throws IOException {
		assertThat(expressions("grafana/alerts.yml").stream().flatMap((expression) -> reasons(expression))).isNotEmpty()
			.isSubsetOf(Arrays.stream(CloseReason.values()).map(Enum::name).toList());
	}

	private static Stream<String> reasons(String expression) {
		return CONDITION.matcher(expression)
			.results()
			.filter((condition) -> condition.group(1).equals("reason"))
			.map((condition) -> condition.group(2));
	}

	private static Set<String> labels(String expression) {
		Set<String> labels = LABELS.matcher(expression)
			.results()
			.flatMap((clause) -> Arrays.stream(clause.group(1).split(",\\s*")))
			.collect(Collectors.toCollection(TreeSet::new));
		CONDITION.matcher(expression).results().forEach((condition) -> labels.add(condition.group(1)));
		labels.removeAll(ADDED_BY_PROMETHEUS);
		return labels;
	}

	private static List<String> expressions(String file) throws IOException {
		try (Reader reader = Files.newBufferedReader(MarkdownPage.MODULE.resolve(file))) {
			Object document = new Yaml().load(reader);
			return below(document).toList();
		}
	}

	private static Stream<String> below(Object node) {
		if (node instanceof List<?> list) {
			return list.stream().flatMap(GrafanaTests::below);
		}
		if (node instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.flatMap((entry) -> "expr".equals(entry.getKey()) ? Stream.of((String) entry.getValue())
						: below(entry.getValue()));
		}
		return Stream.empty();
	}

	private static Set<String> matches(Pattern pattern, String text) {
		return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the names of all samples, and each with each of its labels behind it.
	 */
	private static Set<String> scrape() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("holdfast.servers.echo.port=0", "holdfast.servers.echo.host=127.0.0.1")
			.run()) {
			Set<String> names = new TreeSet<>();
			Matcher samples = Pattern.compile("(?m)^(\\w+)(?:\\{([^}]*)})? \\S+$")
				.matcher(context.getBean(PrometheusMeterRegistry.class).scrape());
			while (samples.find()) {
				names.add(samples.group(1));
				String labels = (samples.group(2) != null) ? samples.group(2) : "";
				CONDITION.matcher(labels)
					.results()
					.forEach((label) -> names.add(samples.group(1) + " " + label.group(1)));
			}
			return names;
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
