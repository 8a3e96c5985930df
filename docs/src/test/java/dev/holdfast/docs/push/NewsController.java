package dev.holdfast.docs.push;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;

@RestController
class NewsController {

	private final Connections connections;

	NewsController(Connections connections) {
		this.connections = connections;
	}

	@PostMapping("/topics/{topic}")
	long publish(@PathVariable String topic, @RequestBody String text) {
		return this.connections.group(topic).send(text);
	}

	@PostMapping("/users/{user}")
	long notify(@PathVariable String user, @RequestBody String text) {
		return this.connections.user(user).send(text);
	}

	@DeleteMapping("/users/{user}")
	long kick(@PathVariable String user) {
		return this.connections.user(user).close(CloseReason.KICKED);
	}

}
