package dev.holdfast.benchmarks.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import reactor.core.publisher.Mono;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers lines with a {@link Mono} that completes later, on another thread.
 */
@SocketController("bench")
class LaterController {

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	@OnMessage
	Mono<String> echo(String line) {
		return Mono.create((sink) -> this.executor.execute(() -> sink.success(line)));
	}

}
