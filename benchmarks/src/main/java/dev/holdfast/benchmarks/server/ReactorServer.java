package dev.holdfast.benchmarks.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.netty.handler.codec.LineBasedFrameDecoder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * Program that serves lines with Reactor Netty.
 */
public final class ReactorServer {

	private static final int MAX_LINE = 64 * 1024;

	private static final int CONCURRENCY = 16;

	private static final ExecutorService executor = Executors.newSingleThreadExecutor();

	private ReactorServer() {
	}

	/**
	 * Start the server.
	 * @param args what it does: {@code map}, {@code concat}, {@code later} or
	 * {@code together}
	 */
	public static void main(String[] args) {
		DisposableServer server = TcpServer.create()
			.port(0)
			.runOn(LoopResources.create("reactor", Runtime.getRuntime().availableProcessors(), false))
			.doOnConnection((connection) -> connection.addHandlerLast(new LineBasedFrameDecoder(MAX_LINE)))
			.handle((in, out) -> handle(args[0], in, out))
			.bindNow();
		System.out.println("READY " + server.port());
		server.onDispose().block();
	}

	private static Publisher<Void> handle(String mode, NettyInbound in, NettyOutbound out) {
		Flux<String> lines = in.receive().asString();
		return switch (mode) {
			case "map" -> out.sendString(lines.map((line) -> line + '\n'));
			case "concat" -> lines.concatMap((line) -> out.sendString(Mono.just(line + '\n')));
			case "together" -> out.sendString(lines.flatMapSequential((line) -> later(line + '\n'), CONCURRENCY));
			case "later" -> lines.concatMap((line) -> out.sendString(later(line + '\n')));
			default -> throw new IllegalArgumentException("Unknown mode '%s'".formatted(mode));
		};
	}

	private static Mono<String> later(String reply) {
		return Mono.create((sink) -> executor.execute(() -> sink.success(reply)));
	}

}
