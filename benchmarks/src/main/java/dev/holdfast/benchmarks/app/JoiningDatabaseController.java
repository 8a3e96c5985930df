package dev.holdfast.benchmarks.app;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import dev.holdfast.handler.SocketController;

/**
 * Answers with a row that the PostgreSQL client of Vert.x reads, pipelined, with the
 * flushes of its queries joined.
 */
@SocketController("bench")
class JoiningDatabaseController extends VertxDatabaseController {

	@Override
	protected Vertx vertx(VertxOptions options) {
		return Vertx.builder().with(options).withTransport(JoiningTransport.create()).build();
	}

}
