package dev.holdfast.benchmarks.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

/**
 * Program that serves lines with Vert.x.
 */
public final class VertxServer {

	private VertxServer() {
	}

	/**
	 * Start the server.
	 * @param args nothing
	 * @throws Exception if it cannot start
	 */
	public static void main(String[] args) throws Exception {
		int eventLoops = Runtime.getRuntime().availableProcessors();
		Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(eventLoops));
		NetServer server = vertx.createNetServer(new NetServerOptions().setPort(0).setTcpNoDelay(true))
			.connectHandler(VertxServer::serve);
		server.listen().toCompletionStage().toCompletableFuture().get();
		System.out.println("READY " + server.actualPort());
	}

	private static void serve(NetSocket socket) {
		socket.handler(RecordParser.newDelimited("\n", (line) -> {
			String text = line.toString();
			socket.write(Buffer.buffer(text).appendByte((byte) '\n'));
		}));
	}

}
