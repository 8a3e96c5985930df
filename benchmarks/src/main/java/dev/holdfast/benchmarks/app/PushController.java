package dev.holdfast.benchmarks.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.holdfast.connection.Connections;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Pushes a message to all connections when one asks for it, from a thread that is no
 * event loop.
 */
@SocketController("bench")
class PushController {

	private static final int SIZE = 128;

	private final ExecutorService application = Executors.newSingleThreadExecutor();

	private final Connections connections;

	PushController(Connections connections) {
		this.connections = connections;
	}

	@OnMessage
	void push(String request) {
		this.application.execute(() -> this.connections.all().send("p".repeat(SIZE)));
	}

}
