package dev.holdfast.docs.fromnetty;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("topics")
class TopicHandler {

	private final Connections connections;

	TopicHandler(Connections connections) {
		this.connections = connections;
	}

	@OnMessage("subscribe")
	void subscribe(Subscription subscription, SocketConnection connection) {
		connection.join("topic:" + subscription.topic());
	}

	@OnMessage("publish")
	void publish(Publication publication) {
		this.connections.group("topic:" + publication.topic()).send(publication);
	}

	record Subscription(String topic) {

	}

	record Publication(String topic, String text) {

	}

}
