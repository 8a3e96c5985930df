package dev.holdfast.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketDashboardEndpoint} on web servers of both kinds.
 */
class SocketDashboardServerTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void getWhenOnPortOfApplicationReturnsPageAndFiles(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type)) {
			String base = base(context, "local.server.port") + "/actuator/";
			assertPage(base);
			assertThat(get(base + "sockets").headers().firstValue("Cache-Control")).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void getWhenOnPortAndPathOfItsOwnReturnsPageAndFiles(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, "--management.server.port=0",
				"--management.server.base-path=/admin", "--management.endpoints.web.base-path=/manage")) {
			assertPage(base(context, "local.management.port") + "/admin/manage/");
			assertThat(get(base(context, "local.server.port") + "/admin/manage/socketdashboard").statusCode())
				.isEqualTo(404);
		}
	}

	@Test
	void getWhenBelowContextPathReturnsPageAndFiles() throws Exception {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"--server.servlet.context-path=/app", "--management.endpoints.web.base-path=/")) {
			assertPage(base(context, "local.server.port") + "/app/");
		}
	}

	private void assertPage(String base) throws Exception {
		HttpResponse<String> page = get(base + "socketdashboard", "Accept", "text/html,*/*;q=0.8");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().allValues("Content-Type")).containsExactly("text/html;charset=UTF-8");
		assertThat(page.body()).contains("src=\"socketdashboard/dashboard.js\"");
		assertFile(base + "socketdashboard/dashboard.js", "text/javascript;charset=UTF-8");
		assertFile(base + "socketdashboard/base.css", "text/css;charset=UTF-8");
		assertThat(get(base + "socketdashboard/other.js").statusCode()).isEqualTo(404);
		HttpResponse<String> history = get(base + "socketdashboard/history.json", "Accept", "application/json");
		assertThat(history.body()).contains("\"servers\":{\"echo\":{\"active\":[");
		assertThat(history.headers().allValues("Cache-Control")).containsExactly("no-store");
		assertThat(get(base + "socketdashboard/settings.json").body()).contains("\"path\":\"../sockets\"");
	}

	private void assertFile(String url, String type) throws Exception {
		HttpResponse<String> file = get(url, "Accept", "*/*");
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(file.headers().allValues("Content-Type")).containsExactly(type);
		assertThat(file.headers().allValues("Cache-Control")).containsExactly("no-cache");
		assertThat(file.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
		String tag = file.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> unchanged = get(url, "If-None-Match", tag);
		assertThat(unchanged.statusCode()).isEqualTo(304);
		assertThat(unchanged.body()).isEmpty();
	}

	private HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private String base(ConfigurableApplicationContext context, String port) {
		return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port);
	}

	private ConfigurableApplicationContext start(WebApplicationType type, String... arguments) {
		return new SpringApplicationBuilder(ApplicationConfiguration.class).web(type)
			.properties("server.port=0", "server.address=127.0.0.1", "holdfast.servers.echo.port=0",
					"holdfast.servers.echo.host=127.0.0.1",
					"management.endpoints.web.exposure.include=sockets,socketdashboard")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ApplicationConfiguration {

		@Bean
		EchoHandler echoHandler() {
			return new EchoHandler();
		}

	}

	@SocketController("echo")
	static class EchoHandler {

		@OnMessage
		String echo(String line) {
			return line;
		}

	}

}
