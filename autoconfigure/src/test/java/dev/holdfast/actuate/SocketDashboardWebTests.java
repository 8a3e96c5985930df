package dev.holdfast.actuate;

import java.net.URI;
import java.util.List;

import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import dev.holdfast.autoconfigure.SocketDashboardAutoConfiguration;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link SocketDashboardEndpoint} answers.
 */
class SocketDashboardWebTests {

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, EndpointAutoConfiguration.class, JacksonEndpointAutoConfiguration.class,
				WebEndpointAutoConfiguration.class, ServletManagementContextAutoConfiguration.class,
				ManagementContextAutoConfiguration.class, SocketDashboardAutoConfiguration.class))
		.withBean(SocketServers.class, () -> new SocketServers(List.of(FakeServers.running("echo"))))
		.withPropertyValues("management.endpoints.web.exposure.include=socketdashboard");

	@Test
	void getPageReturnsHtmlWhoseFilesAreBelow() {
		with((mvc) -> {
			assertThat(mvc.get().uri("/actuator/socketdashboard").header("Accept", "text/html,*/*;q=0.8")).hasStatusOk()
				.hasHeader("Content-Type", "text/html;charset=UTF-8")
				.bodyText()
				.startsWith("<!DOCTYPE html>")
				.contains("src=\"socketdashboard/dashboard.js\"");
			assertThat(mvc.get().uri("/actuator/socketdashboard/dashboard.js")).hasStatusOk();
		});
	}

	@ParameterizedTest
	@CsvSource({ "dashboard.js, text/javascript;charset=UTF-8", "base.css, text/css;charset=UTF-8",
			"icon.svg, image/svg+xml" })
	void getFileReturnsItWithItsType(String file, String type) {
		with((mvc) -> assertThat(mvc.get().uri("/actuator/socketdashboard/" + file)).hasStatusOk()
			.hasHeader("Content-Type", type)
			.bodyText()
			.isNotEmpty());
	}

	@ParameterizedTest
	@CsvSource({ "other.js", "index.html", "%2e%2e", "..%2fapplication.yml" })
	void getFileWhenUnknownReturnsNotFound(String file) {
		with((mvc) -> assertThat(mvc.get().uri(URI.create("/actuator/socketdashboard/" + file)))
			.hasStatus4xxClientError());
	}

	@Test
	void getSettingsWhenDefaultAllowsNoWrites() {
		with((mvc) -> assertThat(mvc.get().uri("/actuator/socketdashboard/settings.json")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("""
					{"sockets": {"path": "../sockets", "writable": false},
					 "connections": {"path": "../socketconnections", "writable": false}}"""));
	}

	@Test
	void getSettingsWhenConfiguredFollowsAccessAndName() {
		with((mvc) -> assertThat(mvc.get().uri("/actuator/socketdashboard/settings.json")).bodyJson()
			.isStrictlyEqualTo("""
					{"application": "gateway", "sockets": {"path": "../sockets", "writable": true},
					 "connections": {"path": "../socketconnections", "writable": false}}"""),
				"spring.application.name=gateway", "management.endpoint.sockets.access=UNRESTRICTED");
	}

	@Test
	void getSettingsWhenAccessIsCappedAllowsNoWrites() {
		with((mvc) -> assertThat(mvc.get().uri("/actuator/socketdashboard/settings.json")).bodyJson()
			.extractingPath("$.sockets.writable")
			.isEqualTo(false), "management.endpoint.sockets.access=UNRESTRICTED",
				"management.endpoints.access.max-permitted=READ_ONLY");
	}

	@Test
	void getWhenPathsAreMappedLeadsThere() {
		with((mvc) -> {
			assertThat(mvc.get().uri("/manage/ops/dash")).bodyText().contains("src=\"dash/dashboard.js\"");
			assertThat(mvc.get().uri("/manage/ops/dash/dashboard.js")).hasStatusOk();
			assertThat(mvc.get().uri("/manage/ops/dash/settings.json")).bodyJson()
				.extractingPath("$.sockets.path")
				.isEqualTo("../../live/servers");
		}, "management.endpoints.web.base-path=/manage",
				"management.endpoints.web.path-mapping.socketdashboard=ops/dash",
				"management.endpoints.web.path-mapping.sockets=live/servers");
	}

	@Test
	void getHistoryReturnsColumns() {
		this.contextRunner.run((context) -> {
			SocketsHistory history = context.getBean(SocketsHistory.class);
			history.stop();
			history.sample();
			assertThat(MockMvcTester.from(context).get().uri("/actuator/socketdashboard/history.json")).hasStatusOk()
				.bodyJson()
				.hasPathSatisfying("$.times[0]", (time) -> time.assertThat().isNotNull())
				.hasPathSatisfying("$.servers.echo.qps[0]", (qps) -> qps.assertThat().isEqualTo(12.0))
				.hasPathSatisfying("$.servers.echo.closed.CLIENT[0]", (count) -> count.assertThat().isEqualTo(3));
		});
	}

	@Test
	void getWhenNotExposedReturnsNotFound() {
		with((mvc) -> {
			assertThat(mvc.get().uri("/actuator/socketdashboard")).hasStatus(HttpStatus.NOT_FOUND);
			assertThat(mvc.get().uri("/actuator/socketdashboard/dashboard.js")).hasStatus(HttpStatus.NOT_FOUND);
		}, "management.endpoints.web.exposure.include=health");
	}

	private void with(ThrowingConsumer<MockMvcTester> test, String... properties) {
		this.contextRunner.withPropertyValues(properties).run((context) -> test.accept(MockMvcTester.from(context)));
	}

}
