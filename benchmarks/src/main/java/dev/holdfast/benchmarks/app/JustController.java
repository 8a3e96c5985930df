package dev.holdfast.benchmarks.app;

import reactor.core.publisher.Mono;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers lines with a {@link Mono} that is complete.
 */
@SocketController("bench")
class JustController {

	@OnMessage
	Mono<String> echo(String line) {
		return Mono.just(line);
	}

}
