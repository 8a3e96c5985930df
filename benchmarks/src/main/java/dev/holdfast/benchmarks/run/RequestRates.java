package dev.holdfast.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures how many requests servers answer. In each round every server is measured once,
 * so that what disturbs the machine disturbs all of them alike.
 */
final class RequestRates {

	private static final int CONNECTIONS = 100;

	private RequestRates() {
	}

	static void echo(RunOptions options) throws Exception {
		rates(options, "message=line", options.depths("1,16,64"),
				List.of(Contender.peer("Netty", "NettyServer", "echo"), Contender.holdfast("echo"),
						Contender.peer("Reactor Netty map", "ReactorServer", "map"),
						Contender.peer("Reactor Netty concatMap", "ReactorServer", "concat"),
						Contender.peer("Vert.x", "VertxServer", "echo"),
						Contender.peer("Spring Integration", "IntegrationServer", "echo")));
	}

	static void json(RunOptions options) throws Exception {
		rates(options, "message=json", options.depths("1,16,64"),
				List.of(Contender.peer("Netty", "NettyServer", "json"), Contender.holdfast("json")));
	}

	static void async(RunOptions options) throws Exception {
		rates(options, "message=line", options.depths("1,16"),
				List.of(Contender.holdfast("Holdfast String", "echo"), Contender.holdfast("Holdfast Mono.just", "just"),
						Contender.peer("Reactor Netty concatMap later", "ReactorServer", "later"),
						Contender.holdfast("Holdfast Mono later", "later"),
						Contender.peer("Reactor Netty flatMapSequential later", "ReactorServer", "together"),
						Contender.holdfast("Holdfast Mono later concurrency 16", "later")
							.with("--holdfast.servers.bench.concurrency=16"),
						Contender.peer("Reactor Netty concatMap", "ReactorServer", "concat")));
	}

	static void webSocket(RunOptions options) throws Exception {
		rates(options, "message=frame size=64", options.depths("1,16,64"),
				List.of(Contender.peer("Netty", "NettyServer", "websocket"),
						Contender.holdfast("echo").with(Settings.webSocket()),
						Contender.peer("Spring WebFlux", "WebFluxServer", "websocket"),
						Contender.peer("Tomcat", "TomcatServer", "websocket")));
	}

	static void overhead(RunOptions options) throws Exception {
		rates(options, "message=line", options.depths("1,16,64"),
				List.of(Contender.holdfast("off", "echo").with("--holdfast.watchdog.threshold=0s"),
						Contender.holdfast("metrics limits watchdog", "echo").with(Settings.limits()).withMetrics()));
	}

	static void tls(RunOptions options) throws Exception {
		String keys = Settings.keys();
		List<Contender> contenders = List.of(Contender.peer("Netty", "NettyServer", "echo").withTls(keys),
				Contender.holdfast("echo").withTls(keys));
		rates(options, "message=line", options.depths("1,16"), contenders);
		connect(options, contenders);
	}

	static void jvm(RunOptions options) throws Exception {
		Contender serial = Contender.holdfast("SerialGC", "echo").withJvm("-XX:+UseSerialGC");
		rates(options.withJvmFlags("-Xms1g -Xmx1g"), "message=line", options.depths("1,16,64"), List.of(serial,
				Contender.holdfast("ParallelGC", "echo").withJvm("-XX:+UseParallelGC"),
				Contender.holdfast("G1", "echo").withJvm("-XX:+UseG1GC"),
				Contender.holdfast("ZGC", "echo").withJvm("-XX:+UseZGC"),
				Contender.holdfast("SerialGC huge pages", "echo")
					.withJvm("-XX:+UseSerialGC", "-XX:+UseTransparentHugePages"),
				Contender.holdfast("SerialGC compact headers", "echo")
					.withJvm("-XX:+UseSerialGC", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders"),
				Contender.holdfast("SerialGC no checks", "echo")
					.withJvm("-XX:+UseSerialGC", "-Dio.netty.buffer.checkBounds=false",
							"-Dio.netty.buffer.checkAccessible=false")));
	}

	private static void rates(RunOptions options, String message, List<Integer> depths, List<Contender> all)
			throws Exception {
		Rounds rounds = new Rounds(options, all);
		int connections = options.connections(CONNECTIONS);
		for (int depth : depths) {
			rounds.plan(depth + " in flight",
					"kind=closed %s connections=%d depth=%d".formatted(message, connections, depth));
		}
		Map<String, Results> results = rounds.run();
		List<String> headers = new ArrayList<>(List.of("server"));
		depths.forEach((depth) -> headers
			.addAll(List.of(depth + " in flight, requests/s", "ratio", "range", "CPU µs/request", "ratio")));
		MarkdownTable table = new MarkdownTable(headers.toArray(String[]::new));
		for (String server : rounds.servers()) {
			List<Object> cells = new ArrayList<>(List.of(server));
			for (Results result : results.values()) {
				cells.addAll(result.rateCells(server, rounds.servers().get(0)));
			}
			table.row(cells.toArray());
		}
		table.print();
	}

	static void connect(RunOptions options) throws Exception {
		connect(options, List.of(Contender.peer("Netty", "NettyServer", "echo"), Contender.holdfast("echo")));
	}

	private static void connect(RunOptions options, List<Contender> contenders) throws Exception {
		Rounds rounds = new Rounds(options, contenders);
		rounds.plan("connect", "kind=connect depth=32");
		Results results = rounds.run().get("connect");
		MarkdownTable table = new MarkdownTable("server", "connections/s", "ratio", "range", "CPU µs/connection",
				"ratio");
		for (String server : rounds.servers()) {
			List<Object> cells = new ArrayList<>(List.of(server));
			cells.addAll(results.rateCells(server, rounds.servers().get(0)));
			table.row(cells.toArray());
		}
		table.print();
	}

	static void latency(RunOptions options) throws Exception {
		Rounds rounds = new Rounds(options,
				List.of(Contender.peer("Netty", "NettyServer", "echo"), Contender.holdfast("echo")));
		double rate = options.rate(50_000);
		rounds.plan("latency", "kind=open connections=%d rate=%f".formatted(options.connections(CONNECTIONS), rate));
		Results results = rounds.run().get("latency");
		MarkdownTable table = new MarkdownTable("server", "requests/s", "p50 µs", "p99 µs", "ratio", "p99.9 µs",
				"max µs", "CPU µs/request");
		for (String server : rounds.servers()) {
			Samples p99 = results.of(server, "p99Micros");
			table.row(server, "%,.0f".formatted(results.of(server, "rate").median()),
					micros(results, server, "p50Micros"), micros(results, server, "p99Micros"),
					"%.2f".formatted(p99.ratio(results.of(rounds.servers().get(0), "p99Micros"))),
					micros(results, server, "p999Micros"), micros(results, server, "maxMicros"),
					"%.2f".formatted(results.of(server, "cpuMicros").median()));
		}
		table.print();
	}

	private static String micros(Results results, String server, String name) throws IOException {
		return "%,.0f".formatted(results.of(server, name).median());
	}

}
