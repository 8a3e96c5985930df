package dev.holdfast.sample;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.holdfast.test.LocalSocketPort;
import dev.holdfast.test.SocketTestClient;

/**
 * Tests that the handler of the README answers as the README shows.
 */
@SpringBootTest(properties = "holdfast.servers.shout.port=0")
class ShoutHandlerTests {

	@Test
	void shoutWhenLineIsSentAnswersLoudly(@LocalSocketPort("shout") int port) {
		try (SocketTestClient client = SocketTestClient.connect(port)) {
			client.send("hello");
			client.expect("HELLO!");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(ShoutHandler.class)
	static class Application {

	}

}
