package dev.holdfast.sample.device;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import dev.holdfast.sample.SampleTest;
import dev.holdfast.test.LocalSocketPort;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DeviceHandler} and {@link DeviceController}.
 */
@SampleTest
class DeviceServerTests {

	@LocalSocketPort("devices")
	int port;

	private final RestClient http;

	DeviceServerTests(@LocalServerPort int httpPort) {
		this.http = RestClient.builder()
			.baseUrl("http://localhost:" + httpPort)
			.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
			})
			.build();
	}

	@Test
	void loginWhenTokenIsRightIsWelcomed() {
		try (SocketTestClient client = SocketTestClient.connect(this.port)) {
			client.send("{\"type\":\"login\",\"device\":\"d1\",\"token\":\"demo\"}");
			client.expect("{\"type\":\"welcome\",\"device\":\"d1\",\"site\":\"default\"}");
		}
	}

	@Test
	void loginWhenTokenIsWrongIsAnsweredAndClosed() {
		try (SocketTestClient client = SocketTestClient.connect(this.port)) {
			client.send("{\"type\":\"login\",\"device\":\"d1\",\"token\":\"guess\"}");
			client.expect("{\"type\":\"error\",\"message\":\"Wrong token\"}");
			client.expectClosed();
		}
	}

	@Test
	void loginWhenRepeatedIsRefused() {
		try (SocketTestClient client = device("twice", "s0")) {
			client.send("{\"type\":\"login\",\"device\":\"other\",\"token\":\"demo\"}");
			client.expect("{\"type\":\"error\",\"message\":\"Logged in already\"}");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{\"type\":\"login\",\"device\":\"d1\"}",
			"{\"type\":\"login\",\"device\":\" \",\"token\":\"demo\"}",
			"{\"type\":\"login\",\"device\":[],\"token\":\"demo\"}", "{\"type\":\"other\"}", "{\"device\":\"d1\"}",
			"{\"type\":\"telemetry\"}", "{\"type\":\"watch\",\"site\":\"s1\"}", "nonsense", "[]", "7" })
	void messageWhenNotUnderstoodOrBeforeLoginIsAnsweredWithError(String message) {
		try (SocketTestClient client = SocketTestClient.connect(this.port)) {
			client.send(message);
			assertThat(client.receive()).startsWith("{\"type\":\"error\",\"message\":\"");
			client.send("{\"type\":\"ping\"}");
			client.expect("{\"type\":\"pong\"}");
		}
	}

	@Test
	void telemetryWhenLoggedInIsAcknowledged() {
		try (SocketTestClient client = device("d2", "s1")) {
			client.send("{\"type\":\"telemetry\",\"seq\":41,\"temperature\":21.5}");
			client.expect("{\"type\":\"ack\",\"seq\":41,\"messages\":2}");
			client.send("{\"type\":\"telemetry\",\"temperature\":21.6}");
			client.expect("{\"type\":\"ack\",\"messages\":3}");
		}
	}

	@Test
	void pushWhenDeviceHasTwoConnectionsReachesBoth() {
		try (SocketTestClient first = device("d3", "s1"); SocketTestClient second = device("d3", "s1")) {
			assertThat(push("/devices/d3/push", "{ \"type\": \"reboot\", \"after\": 3 }")).isEqualTo("2");
			first.expect("{\"type\":\"reboot\",\"after\":3}");
			second.expect("{\"type\":\"reboot\",\"after\":3}");
		}
	}

	@Test
	void pushWhenSiteHasDevicesReachesThem() {
		try (SocketTestClient first = device("d4", "s2"); SocketTestClient second = device("d5", "s2")) {
			assertThat(push("/sites/s2/push", "[1]")).isEqualTo("2");
			first.expect("[1]");
			second.expect("[1]");
		}
	}

	@Test
	void pushWhenNobodyIsThereAnswers404() {
		assertThat(status("/devices/nobody/push", "{}")).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(status("/sites/nowhere/push", "{}")).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "``", "{", "hello" })
	void pushWhenBodyIsNoJsonAnswers400(String body) {
		assertThat(status("/devices/d1/push", body)).isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@Test
	void deviceWhenConnectedIsThereAndGoneAfterwards() {
		try (SocketTestClient client = device("d6", "s3")) {
			assertThat(this.http.get().uri("/devices/d6").retrieve().body(String.class))
				.isEqualTo("{\"device\":\"d6\",\"connections\":1}");
		}
		await().until(() -> this.http.get().uri("/devices/d6").retrieve().toBodilessEntity().getStatusCode(),
				HttpStatus.NOT_FOUND::equals);
	}

	@Test
	void watchWhenDevicesComeAndGoIsTold() {
		try (SocketTestClient watcher = device("screen", "office")) {
			watcher.send("{\"type\":\"watch\",\"site\":\"s4\"}");
			watcher.expect("{\"type\":\"watching\",\"site\":\"s4\",\"devices\":0}");
			device("d7", "s4").close();
			watcher.expect("{\"type\":\"presence\",\"site\":\"s4\",\"device\":\"d7\",\"online\":true}");
			watcher.expect("{\"type\":\"presence\",\"site\":\"s4\",\"device\":\"d7\",\"online\":false}");
		}
	}

	private SocketTestClient device(String name, String site) {
		SocketTestClient client = SocketTestClient.connect(this.port);
		client.send("{\"type\":\"login\",\"device\":\"%s\",\"token\":\"demo\",\"site\":\"%s\"}".formatted(name, site));
		client.expect("{\"type\":\"welcome\",\"device\":\"%s\",\"site\":\"%s\"}".formatted(name, site));
		return client;
	}

	private String push(String path, String body) {
		return this.http.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(body)
			.retrieve()
			.body(String.class);
	}

	private HttpStatusCode status(String path, String body) {
		return this.http.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.toBodilessEntity()
			.getStatusCode();
	}

}
