package dev.holdfast.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the names of meters as Prometheus has them.
 */
class PrometheusNamesTests {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(holdfast_\\w+)\\{([^}]*)} (\\S+)$");

	private static final Set<String> SERVER = Set.of("server");

	private static final Set<String> REASON = Set.of("server", "reason");

	private static final Set<String> ROUTE = Set.of("server", "route", "error");

	private static final Map<String, Set<String>> EXPECTED = Map.ofEntries(
			Map.entry("holdfast_connections_active", SERVER), Map.entry("holdfast_connections_accepted_total", SERVER),
			Map.entry("holdfast_connections_accept_failures_total", SERVER),
			Map.entry("holdfast_connections_refused_total", REASON),
			Map.entry("holdfast_connections_closed_total", REASON),
			Map.entry("holdfast_messages_received_total", SERVER), Map.entry("holdfast_messages_sent_total", SERVER),
			Map.entry("holdfast_messages_failed_total", SERVER), Map.entry("holdfast_messages_dropped_total", SERVER),
			Map.entry("holdfast_bytes_received_total", SERVER), Map.entry("holdfast_bytes_sent_total", SERVER),
			Map.entry("holdfast_handler_seconds_count", SERVER), Map.entry("holdfast_handler_seconds_sum", SERVER),
			Map.entry("holdfast_qps", SERVER), Map.entry("holdfast_eventloop_blocked_total", SERVER),
			Map.entry("holdfast_eventloop_lag_seconds", SERVER), Map.entry("holdfast_message_seconds_count", ROUTE),
			Map.entry("holdfast_message_seconds_sum", ROUTE), Map.entry("holdfast_message_seconds_max", ROUTE),
			Map.entry("holdfast_message_active_seconds_count", Set.of("server", "route")),
			Map.entry("holdfast_message_active_seconds_sum", Set.of("server", "route")),
			Map.entry("holdfast_message_active_seconds_max", Set.of("server", "route")));

	@Test
	void scrapeWhenMessagesPassedHasNamesAndLabelsOfTheGuide() {
		new ApplicationContextRunner().withUserConfiguration(EchoApplication.class)
			.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.echo.host=127.0.0.1",
					"holdfast.observations.enabled=true")
			.run((context) -> {
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				try (SocketTestClient client = SocketTestClient
					.connect(context.getEnvironment().getRequiredProperty("local.holdfast.echo.port", int.class))) {
					client.send("hello");
					client.expect("hello");
					await().until(
							() -> registry.scrape().contains("holdfast_messages_received_total{server=\"echo\"} 1.0"));
				}
				assertThat(labels(registry.scrape())).containsExactlyInAnyOrderEntriesOf(EXPECTED);
			});
	}

	private static Map<String, Set<String>> labels(String scrape) {
		Map<String, Set<String>> labels = new TreeMap<>();
		Matcher samples = SAMPLE.matcher(scrape);
		while (samples.find()) {
			Set<String> names = new TreeSet<>();
			Arrays.stream(samples.group(2).split(",")).forEach((label) -> names.add(label.replaceFirst("=.*", "")));
			assertThat(labels.computeIfAbsent(samples.group(1), (name) -> names)).isEqualTo(names);
		}
		return labels;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EchoController.class)
	static class EchoApplication {

	}

	@SocketController
	static class EchoController {

		@OnMessage
		String echo(String line) {
			return line;
		}

	}

}
