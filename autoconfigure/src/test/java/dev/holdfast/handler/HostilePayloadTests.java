package dev.holdfast.handler;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for payloads that mean harm: lines for the log, names of classes, and nesting.
 */
@ExtendWith(OutputCaptureExtension.class)
class HostilePayloadTests {

	@Test
	void payloadWhenItsTextIsQuotedByAnErrorForgesNoLineOfTheLog(CapturedOutput output) {
		try (HandlerServer server = start(); SocketTestClient client = server.connect()) {
			client.send("{\"type\":\"number\",\"number\":\"1\\n2026-01-01 ERROR forged \\u001b[31m\\u2028\"}");
			client.send("{\"type\":\"throw\",\"text\":\"a\\r\\nERROR forged\"}");
			await().until(() -> server.messages().failed() == 2);
			await().until(() -> output.toString().contains("failed in HostileHandler.fail"));
			assertThat(output).contains("\\u000a2026-01-01 ERROR forged").contains("a\\u000d\\u000aERROR forged");
			assertThat(output.toString().lines()).noneMatch((line) -> line.startsWith("ERROR forged"))
				.noneMatch((line) -> line.startsWith("2026-01-01 ERROR"))
				.noneMatch((line) -> line.contains("\u001b[31m"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"any\",\"@class\":\"java.lang.ProcessBuilder\",\"command\":[\"id\"]}",
			"{\"type\":\"any\",\"@type\":\"java.net.URL\"}", "{\"type\":\"any\",\"value\":[\"java.net.URL\",\"x:\"]}" })
	void payloadWhenItNamesAClassIsAMapOfTexts(String payload) {
		try (HandlerServer server = start(); SocketTestClient client = server.connect()) {
			client.send(payload);
			client.expect("{\"type\":\"LinkedHashMap\"}");
		}
	}

	@Test
	void payloadWhenNestedDeeplyFailsAlone() {
		try (HandlerServer server = start(); SocketTestClient client = server.connect()) {
			client.send("{\"type\":\"any\",\"value\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}");
			await().until(() -> server.messages().failed() == 1);
			client.send("{\"type\":\"any\"}");
			client.expect("{\"type\":\"LinkedHashMap\"}");
		}
	}

	private static HandlerServer start() {
		return HandlerServer.start(new HostileHandler(), "holdfast.servers.test.payload=json",
				"holdfast.servers.test.route.json-field=type");
	}

	@SocketController
	static class HostileHandler {

		@OnMessage("number")
		int number(Numbered payload) {
			return payload.number();
		}

		@OnMessage("throw")
		void fail(Map<String, String> payload) {
			throw new IllegalStateException("Not possible: " + payload.get("text"));
		}

		@OnMessage("any")
		Map<String, String> any(Map<String, Object> payload) {
			return Map.of("type", payload.getClass().getSimpleName());
		}

	}

	/**
	 * A payload with a number.
	 *
	 * @param type its route
	 * @param number the number
	 */
	record Numbered(String type, int number) {

	}

}
