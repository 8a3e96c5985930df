package dev.holdfast.handler;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for handlers in Kotlin.
 */
class KotlinHandlerTests {

	@ParameterizedTest
	@CsvSource({ "echo hi,test: echo hi", "now hi,now hi", "many x,many null true", "unit x,sent", "null x,",
			"plain x,plain", "flow x,number 1;number 2;number 3", "suspendingFlow x,number 1;number 2;number 3",
			"fail x,Failed: suspended" })
	void messageWhenFunctionSuspendsGetsItsReplies(String message, String replies) {
		try (HandlerServer server = start(new KotlinHandler()); SocketTestClient client = server.connect()) {
			client.expect("Welcome");
			client.send(message);
			client.send("now end");
			if (replies != null) {
				for (String reply : replies.split(";")) {
					client.expect(reply);
				}
			}
			client.expect("now end");
			await().until(() -> server.messages().inFlight() == 0);
		}
	}

	@Test
	void messageWhenSuspendingFunctionIsBlockingRunsOnPool() {
		try (HandlerServer server = start(new KotlinHandler()); SocketTestClient client = server.connect()) {
			client.expect("Welcome");
			client.send("blocking x");
			assertThat(client.receive()).startsWith("holdfast-blocking-");
		}
	}

	@Test
	void closeWhenFunctionIsSuspendedCancelsIt() {
		KotlinHandler handler = new KotlinHandler();
		try (HandlerServer server = start(handler)) {
			try (SocketTestClient client = server.connect()) {
				client.expect("Welcome");
				client.send("wait x");
				await().until(() -> handler.getWaiting().isCompleted());
				client.reset();
			}
			await().atMost(Duration.ofSeconds(5)).until(() -> handler.getCancelled().isCompleted());
			server.awaitNothingInFlight();
		}
	}

	@Test
	void messageWhenPayloadIsDataClassUsesItsDefaults() {
		try (HandlerServer server = HandlerServer.start(new DataHandler());
				SocketTestClient client = server.connect()) {
			client.send("{\"device\":\"d1\",\"value\":20.5}");
			client.expect("{\"device\":\"d1\",\"value\":21.5,\"unit\":\"C\"}");
		}
	}

	private static HandlerServer start(Object handler) {
		return HandlerServer.start(handler, "holdfast.servers.test.route.delimiter=\\x20");
	}

}
