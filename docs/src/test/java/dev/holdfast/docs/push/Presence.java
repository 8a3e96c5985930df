package dev.holdfast.docs.push;

import org.springframework.stereotype.Component;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;

@Component
class Presence implements ConnectionListener {

	private final Connections connections;

	Presence(Connections connections) {
		this.connections = connections;
	}

	@Override
	public void closed(SocketConnection connection, CloseReason reason) {
		connection.user()
			.filter((user) -> this.connections.user(user).count() == 0)
			.ifPresent((user) -> this.connections.group("friends-of-" + user).send(user + " is away"));
	}

}
