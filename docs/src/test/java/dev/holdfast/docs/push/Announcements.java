package dev.holdfast.docs.push;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;

@Component
class Announcements {

	private final Connections connections;

	Announcements(Connections connections) {
		this.connections = connections;
	}

	void announce(SocketConnection sender, String text) {
		this.connections.all().send(text);
		this.connections.server("news").except(sender).send(text);
		this.connections.users(List.of("alice", "bob")).send(text);
		this.connections.group("sports").except(sender.id()).send(text);
		this.connections.connection(sender.id()).send("announced");
		this.connections.user("alice").join("vip");
	}

	Set<String> followers(String topic) {
		return this.connections.group(topic)
			.stream()
			.flatMap((connection) -> connection.user().stream())
			.collect(Collectors.toSet());
	}

}
