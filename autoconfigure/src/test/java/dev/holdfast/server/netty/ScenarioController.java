package dev.holdfast.server.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

/**
 * Answers in the way that a message asks for, and knows what each connection that told
 * its number has counted.
 */
@SocketController
class ScenarioController implements AutoCloseable {

	/**
	 * Begins the message by which a client tells its number: nothing that comes about by
	 * chance.
	 */
	static final String IDENTITY = "identity-";

	static final String PADDING = "p".repeat(4000);

	final AtomicLong opened = new AtomicLong();

	final AtomicLong closed = new AtomicLong();

	final AtomicLong calls = new AtomicLong();

	final ScenarioLedger ledger = new ScenarioLedger();

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

	@OnOpen
	void open(SocketConnection connection) {
		long number = this.opened.incrementAndGet();
		connection.join("room-" + number % 10);
		connection.bindUser("user-" + number % 1000);
	}

	@OnMessage
	@Nullable Object answer(String message, SocketConnection connection) {
		this.calls.incrementAndGet();
		if (message.isEmpty()) {
			return null;
		}
		return switch (message.charAt(0)) {
			case 'i' -> identify(message, connection);
			case 'l' -> later(message);
			case 'm' -> Mono.just("r" + message);
			case 'f' -> Flux.just("r" + message, "r" + message + ".1", "r" + message + ".2");
			case 'b' -> "r" + message + PADDING;
			default -> "r" + message;
		};
	}

	private static String identify(String message, SocketConnection connection) {
		if (message.startsWith(IDENTITY)) {
			connection.attributes().put("number", Long.valueOf(message.substring(IDENTITY.length())));
		}
		return "r" + message;
	}

	private CompletableFuture<String> later(String message) {
		CompletableFuture<String> reply = new CompletableFuture<>();
		this.scheduler.schedule(() -> reply.complete("r" + message), 1, TimeUnit.MILLISECONDS);
		return reply;
	}

	@OnClose
	void close(SocketConnection connection) {
		this.closed.incrementAndGet();
		if (connection.attributes().get("number") instanceof Long number) {
			this.ledger.enter(number, connection.messagesReceived(), connection.messagesSent());
		}
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
	}

}
