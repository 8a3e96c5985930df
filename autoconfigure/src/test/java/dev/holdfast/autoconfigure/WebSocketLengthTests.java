package dev.holdfast.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;
import dev.holdfast.server.WebSocketOptions;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how long WebSocket frames and messages may be.
 */
class WebSocketLengthTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketServerAutoConfiguration.class))
		.withBean(LengthController.class)
		.withPropertyValues("holdfast.servers.live.port=0", "holdfast.servers.live.transport=websocket");

	@ParameterizedTest
	@CsvSource({ ",,65536,65536", "1KB,,1024,1024", ",1MB,1048576,1048576", ",1KB,65536,1024", "16KB,1MB,16384,1048576",
			"64KB,1MB,65536,1048576" })
	void lengthsWhenOneIsConfiguredFollowIt(String frame, String message, int maxFrameLength, int maxMessageLength) {
		ApplicationContextRunner configured = this.runner;
		if (frame != null) {
			configured = configured.withPropertyValues("holdfast.servers.live.max-frame-length=" + frame);
		}
		if (message != null) {
			configured = configured.withPropertyValues("holdfast.servers.live.websocket.max-message-length=" + message);
		}
		configured.run((context) -> {
			WebSocketOptions options = options(context);
			assertThat(options.maxFrameLength()).isEqualTo(maxFrameLength);
			assertThat(options.maxMessageLength()).isEqualTo(maxMessageLength);
		});
	}

	@Test
	void messageWhenOnlyItsLengthIsConfiguredMayBeOneFrame() {
		this.runner.withPropertyValues("holdfast.servers.live.websocket.max-message-length=200KB").run((context) -> {
			int port = context.getEnvironment().getRequiredProperty("local.holdfast.live.port", Integer.class);
			try (SocketTestClient client = SocketTestClient.to(port).webSocket("/").connect()) {
				client.send("x".repeat(200 * 1024));
				client.expect("204800");
				client.send("x".repeat(200 * 1024 + 1));
				client.expectClosed();
				assertThat(client.closeCode()).isEqualTo(1009);
			}
		});
	}

	private static WebSocketOptions options(AssertableApplicationContext context) {
		SocketServer server = context.getBean(SocketServers.class).get("live");
		assertThat(server).isNotNull();
		WebSocketOptions options = server.definition().protocol().webSocket();
		assertThat(options).isNotNull();
		return options;
	}

	@SocketController
	static class LengthController {

		@OnMessage
		String length(String message) {
			return String.valueOf(message.length());
		}

	}

}
