package dev.holdfast.sample.chat;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the page where the chat's server is.
 */
@RestController
class ChatController {

	private final Environment environment;

	private final @Nullable String url;

	ChatController(Environment environment, @Value("${sample.chat.url:#{null}}") @Nullable String url) {
		this.environment = environment;
		this.url = url;
	}

	/**
	 * Return the server.
	 * @return its URL if one is set, else the port on the host of the page
	 */
	@GetMapping("/chat/server")
	ChatServer server() {
		int port = this.environment.getProperty("local.holdfast.live.port", Integer.class, 0);
		String path = this.environment.getProperty("holdfast.servers.live.websocket.path", "/");
		return new ChatServer(this.url, port, path);
	}

	/**
	 * Where the chat's server is. Immutable.
	 *
	 * @param url its URL if one is set
	 * @param port its port, on the host of the page
	 * @param path the path to ask for
	 */
	record ChatServer(@Nullable String url, int port, String path) {

	}

}
