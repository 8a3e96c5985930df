package dev.holdfast.browser;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the dashboard in Chromium, with clients that send.
 */
@Tag("browser")
class DashboardBrowserTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String USER = "#connections td[data-column=User]";

	private final DashboardPage page = new DashboardPage();

	private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();

	private ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		this.load.shutdownNow();
		this.page.close();
		this.context.close();
	}

	@Test
	void pageWhenServersAreUnderLoadShowsPlotsThatMove() {
		start();
		try (SocketTestClient client = connect("echo"); SocketTestClient other = connect("other")) {
			this.load.scheduleAtFixedRate(() -> chat(client), 0, 20, TimeUnit.MILLISECONDS);
			other.send("name other");
			open();
			untilAsserted(() -> {
				assertThat(this.page.text("#status")).isEqualTo("Live");
				assertThat(tiles().get(0)).isEqualTo("2");
				assertThat(Double.parseDouble(tiles().get(1))).isGreaterThan(10);
			});
			String line = requestsLine();
			untilAsserted(() -> assertThat(requestsLine()).isNotEmpty().isNotEqualTo(line));
			this.page.save("dashboard-all");
			this.page.choose("echo");
			untilAsserted(() -> assertThat(this.page.text("#server")).startsWith("echo\nRunning"));
			this.page.prefer("dark");
			this.page.save("dashboard-echo-dark");
		}
		assertThat(this.page.complaints()).isEmpty();
	}

	@Test
	void searchWhenUserIsGivenShowsConnectionsOfThatUserOnly() {
		start();
		try (SocketTestClient alice = named("alice"); SocketTestClient bob = named("bob")) {
			open();
			untilAsserted(() -> assertThat(this.page.texts(USER)).containsExactlyInAnyOrder("alice", "bob"));
			this.page.search("user", "bob");
			untilAsserted(() -> assertThat(this.page.texts(USER)).containsExactly("bob"));
			this.page.search("user", "nobody");
			untilAsserted(() -> assertThat(this.page.text("#connections .none[role=status]"))
				.isEqualTo("No connection meets these conditions."));
		}
		assertThat(this.page.complaints()).isEmpty();
	}

	@Test
	void kickWhenConfirmedEndsConnection() {
		start();
		try (SocketTestClient alice = named("alice"); SocketTestClient bob = named("bob")) {
			open();
			this.page.search("user", "bob");
			untilAsserted(() -> assertThat(this.page.texts(USER)).containsExactly("bob"));
			this.page.click("#connections td .button");
			assertThat(this.page.text("dialog .detail")).isEqualTo("User bob");
			this.page.click("dialog [data-confirm]");
			bob.expectClosed(PATIENCE);
			untilAsserted(() -> assertThat(this.page.text("#toasts")).endsWith("was kicked."));
			alice.send("still here");
			alice.expect("still here");
		}
		assertThat(this.page.complaints()).isEmpty();
	}

	@Test
	void kickWhenCancelledDoesNothing() {
		start();
		try (SocketTestClient alice = named("alice")) {
			open();
			untilAsserted(() -> assertThat(this.page.texts(USER)).containsExactly("alice"));
			this.page.click("#connections td .button");
			this.page.click("dialog [data-cancel]");
			untilAsserted(() -> assertThat(this.page.elements("dialog")).isEmpty());
			alice.send("still here");
			alice.expect("still here");
		}
	}

	@Test
	void drainWhenConfirmedStopsServer() {
		start();
		try (SocketTestClient client = connect("echo")) {
			open();
			untilAsserted(() -> assertThat(this.page.elements(".card")).hasSize(3));
			this.page.choose("echo");
			this.page.click("[data-action=drain]");
			this.page.click("dialog [data-confirm]");
			client.expectClosed(PATIENCE);
			untilAsserted(() -> assertThat(this.page.text("#server .state")).isEqualTo("Stopped"));
			this.page.click("[data-action=resume]");
			this.page.click("dialog [data-confirm]");
			untilAsserted(() -> assertThat(this.page.text("#server .state")).isEqualTo("Running"));
		}
		assertThat(this.page.complaints()).isEmpty();
	}

	@Test
	void userWhenHostileIsShownAsText() {
		start();
		String script = "<script>document.title='taken'</script><img src=x onerror=document.title='taken'>";
		try (SocketTestClient markup = named(script);
				SocketTestClient turned = named("a\u202eb\u0001c\u200bd");
				SocketTestClient endless = named("x".repeat(10_000))) {
			this.page.resize(360, 800);
			open();
			untilAsserted(() -> assertThat(this.page.texts(USER + " bdi")).containsExactlyInAnyOrder(script,
					"a\\u202eb\\u0001c\\u200bd", "x".repeat(160) + "…"));
			assertThat(this.page.elements("#connections img, #connections script")).isEmpty();
			assertThat(this.page.evaluate("return document.title")).isEqualTo("dashboard · Holdfast");
			assertThat(this.page.evaluate("return document.documentElement.scrollWidth")).isEqualTo(360L);
			this.page.save("dashboard-hostile-phone");
		}
		assertThat(this.page.complaints()).isEmpty();
	}

	@Test
	void pageWhenAccessIsReadOnlyOffersNoWrites() {
		start("--management.endpoint.sockets.access=read-only",
				"--management.endpoint.socketconnections.access=read-only", "--server.servlet.context-path=/app",
				"--management.endpoints.web.base-path=/manage");
		try (SocketTestClient alice = named("alice")) {
			open("local.server.port", "/app/manage/socketdashboard");
			untilAsserted(() -> assertThat(this.page.texts(USER)).containsExactly("alice"));
			this.page.choose("echo");
			untilAsserted(() -> assertThat(this.page.text("#server h2")).isEqualTo("echo"));
			assertThat(this.page.elements("#server button, #connections td .button")).isEmpty();
		}
		assertThat(this.page.complaints()).isEmpty();
	}

	@Test
	void pageWhenApplicationIsGoneSaysThatItIsOutOfDate() {
		start("--management.server.port=0", "--management.server.address=127.0.0.1");
		open("local.management.port", "/actuator/socketdashboard");
		untilAsserted(() -> assertThat(this.page.text("#status")).isEqualTo("Live"));
		this.context.close();
		untilAsserted(() -> assertThat(this.page.text("#status")).isEqualTo("Out of date"));
		assertThat(this.page.text("#notice")).startsWith("The application cannot be reached. What you see is from");
	}

	@Test
	void pageWhenHiddenAsksForNothing() {
		start();
		open();
		untilAsserted(() -> assertThat(this.page.text("#status")).isEqualTo("Live"));
		this.page.hide(true);
		long asked = requests();
		this.page.evaluate("window.began = performance.now()");
		await().atMost(PATIENCE)
			.until(() -> Boolean.TRUE.equals(this.page.evaluate("return performance.now() - window.began > 3000")));
		assertThat(requests()).isLessThanOrEqualTo(asked + 1);
		this.page.hide(false);
		untilAsserted(() -> assertThat(requests()).isGreaterThan(asked + 3));
		assertThat(this.page.complaints()).isEmpty();
	}

	private long requests() {
		return (Long) this.page.evaluate(
				"return performance.getEntriesByType('resource').filter((each) => each.initiatorType === 'fetch').length");
	}

	@Test
	void pageWhenThereAreOtherNodesShowsTotalsAndTheirConnections() {
		start("--holdfast.cluster.enabled=true", "--holdfast.cluster.node-id=blue");
		ConfigurableApplicationContext blue = this.context;
		try (SocketTestClient alice = named("alice")) {
			start("--holdfast.cluster.enabled=true", "--holdfast.cluster.node-id=green");
			try (blue; SocketTestClient bob = named("bob")) {
				open();
				untilAsserted(
						() -> assertThat(this.page.text("#cluster")).startsWith("Cluster of 2 nodes: 2 connections, "));
				untilAsserted(() -> assertThat(this.page.texts(USER)).containsExactly("bob"));
				this.page.click("#connections input[name=cluster]");
				untilAsserted(() -> assertThat(this.page.texts(USER)).containsExactlyInAnyOrder("alice", "bob"));
				this.page.search("user", "alice");
				untilAsserted(() -> assertThat(this.page.texts(USER)).containsExactly("alice"));
				this.page.click("#connections td .button");
				this.page.click("dialog [data-confirm]");
				alice.expectClosed(PATIENCE);
				bob.send("still here");
				bob.expect("still here");
			}
		}
		assertThat(this.page.complaints()).isEmpty();
	}

	@Test
	void colorsWhenChosenWinOverThoseOfTheSystem() {
		start();
		this.page.prefer("dark");
		open();
		assertThat(this.page.attribute("html", "data-colors")).isEqualTo("dark");
		this.page.prefer("light");
		untilAsserted(() -> assertThat(this.page.attribute("html", "data-colors")).isEqualTo("light"));
		this.page.click("#theme");
		this.page.click("#theme");
		untilAsserted(() -> assertThat(this.page.attribute("html", "data-colors")).isEqualTo("dark"));
		this.page.evaluate("localStorage.clear()");
	}

	@Test
	void scriptsWhenCalledFormatValuesAndChooseScales() {
		start();
		open();
		assertThat(this.page.call("format.js",
				"""
						[count(9999), count(12345), rate(11.8), bytes(1536), micros(1234), duration(3725), foreign('a\\u202e<b>', 3)]"""))
			.isEqualTo(List.of("9,999", "12.3 k", "11.8", "1.54 kB", "1.23 ms", "1 h 2 min", "a\\u202e<…"));
		assertThat(this.page.call("ticks.js", "linearTicks(1234).ticks")).isEqualTo(List.of(0L, 500L, 1000L, 1500L));
		assertThat(this.page.call("ticks.js", "logTicks(14, 310).ticks")).isEqualTo(List.of(10L, 100L, 1000L));
	}

	@Test
	void historyWhenSamplesAreMissingOrCountsStartAnewShowsNoGrowth() {
		start();
		open();
		assertThat(this.page.call("history.js",
				"""
						((history) => {
							history.samples = [[1000, 1], [2000, 5], [9000, 6], [10000, 2]].map(([time, count]) => ({ time, count }));
							return history.growth(0, (sample) => sample.count);
						})(new History())"""))
			.isEqualTo(List.of(List.of(2000L, 4L), Arrays.asList(2001L, null), Arrays.asList(9000L, null),
					Arrays.asList(10_000L, null)));
	}

	private void start(String... arguments) {
		this.context = new SpringApplicationBuilder(DashboardApplication.class)
			.properties("spring.config.name=none", "spring.application.name=dashboard", "server.port=0",
					"server.address=127.0.0.1", "holdfast.servers.echo.port=0", "holdfast.servers.echo.host=127.0.0.1",
					"holdfast.servers.echo.route.delimiter= ", "holdfast.servers.other.port=0",
					"holdfast.servers.other.host=127.0.0.1", "holdfast.servers.other.route.delimiter= ",
					"management.endpoints.web.exposure.include=sockets,socketconnections,socketdashboard",
					"management.endpoint.sockets.access=unrestricted",
					"management.endpoint.socketconnections.access=unrestricted")
			.run(arguments);
	}

	private void open() {
		open("local.server.port", "/actuator/socketdashboard");
	}

	private void open(String port, String path) {
		this.page.open("http://127.0.0.1:" + this.context.getEnvironment().getProperty(port) + path);
	}

	private SocketTestClient connect(String server) {
		String port = "local.holdfast." + server + ".port";
		return SocketTestClient.connect(this.context.getEnvironment().getRequiredProperty(port, Integer.class));
	}

	private SocketTestClient named(String name) {
		SocketTestClient client = connect("echo");
		client.send("name " + name);
		client.expect("hello");
		return client;
	}

	private void chat(SocketTestClient client) {
		client.send("hello");
		client.expect("hello");
	}

	private List<String> tiles() {
		return this.page.texts("#tiles .value");
	}

	private String requestsLine() {
		return this.page.attribute("#plots .plot:nth-child(2) .line", "d");
	}

	private void untilAsserted(ThrowingRunnable assertion) {
		await().atMost(PATIENCE).untilAsserted(assertion);
	}

}
