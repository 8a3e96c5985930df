package dev.holdfast.handler;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the validation of payloads.
 */
class ValidationTests {

	private static final String ROUTED = "holdfast.servers.test.route.json-field=type";

	private static final String INVALID = "{\"type\":\"%s\",\"name\":\" \",\"value\":200}";

	@Test
	void payloadWhenInvalidGoesToErrorMethod() {
		try (HandlerServer server = HandlerServer.start(new ReadingHandler(), LocalValidatorFactoryBean.class, ROUTED);
				SocketTestClient client = server.connect()) {
			client.send("{\"type\":\"valid\",\"name\":\"a\",\"value\":200}");
			client.expect("a 200");
			client.send(INVALID.formatted("valid"));
			client.expect("invalid [name]");
			client.send(INVALID.formatted("blocking"));
			client.expect("invalid [name]");
			assertThat(server.messages().failed()).isEqualTo(2);
		}
	}

	@Test
	void payloadWhenGroupIsNamedIsValidatedForIt() {
		try (HandlerServer server = HandlerServer.start(new ReadingHandler(), LocalValidatorFactoryBean.class, ROUTED);
				SocketTestClient client = server.connect()) {
			client.send(INVALID.formatted("group"));
			client.expect("invalid [value]");
		}
	}

	@Test
	void payloadWhenNotMarkedIsNotValidated() {
		try (HandlerServer server = HandlerServer.start(new ReadingHandler(), LocalValidatorFactoryBean.class, ROUTED);
				SocketTestClient client = server.connect()) {
			client.send(INVALID.formatted("unmarked"));
			client.expect("  200");
		}
	}

	@Test
	void payloadWhenThereIsNoValidatorIsNotValidated() {
		try (HandlerServer server = HandlerServer.start(new ReadingHandler(), ROUTED);
				SocketTestClient client = server.connect()) {
			client.send(INVALID.formatted("valid"));
			client.expect("  200");
		}
	}

	interface Strict {

	}

	record Reading(@NotBlank String name, @Max(value = 100, groups = Strict.class) int value) {

	}

	@SocketController
	static class ReadingHandler {

		@OnMessage("valid")
		String valid(@Valid Reading reading) {
			return unmarked(reading);
		}

		@Blocking
		@OnMessage("blocking")
		String blocking(@Valid Reading reading) {
			return unmarked(reading);
		}

		@OnMessage("group")
		String group(@Validated(Strict.class) Reading reading) {
			return unmarked(reading);
		}

		@OnMessage("unmarked")
		String unmarked(Reading reading) {
			return reading.name() + " " + reading.value();
		}

		@OnError
		String invalid(InvalidPayloadException ex) {
			return "invalid " + ex.errors().getFieldErrors().stream().map((error) -> error.getField()).toList();
		}

	}

}
