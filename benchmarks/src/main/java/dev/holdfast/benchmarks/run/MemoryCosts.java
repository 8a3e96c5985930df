package dev.holdfast.benchmarks.run;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the heap that an idle connection costs, from the class histogram before and
 * after many were opened, each of which has sent one message and got its reply.
 */
final class MemoryCosts {

	private static final int CONNECTIONS = 15_000;

	private static final int CLASSES_SHOWN = 25;

	private static final String FRAMES = " message=frame size=64";

	private MemoryCosts() {
	}

	static void measure(RunOptions options) throws Exception {
		MarkdownTable table = new MarkdownTable("server", "heap B/connection", "more than the first",
				"RSS B/connection");
		double first = 0;
		for (Contender contender : options.choose(contenders(Settings.keys()))) {
			try (Launcher launcher = new Launcher(options)) {
				Cost cost = measure(launcher, contender);
				first = (first != 0) ? first : cost.heap();
				table.row(contender.name(), "%,.0f".formatted(cost.heap()), "%+,.0f".formatted(cost.heap() - first),
						"%,.0f".formatted(cost.rss()));
			}
		}
		table.print();
	}

	private static List<Contender> contenders(String keys) {
		return List.of(Contender.peer("Netty", "NettyServer", "echo"), Contender.holdfast("echo"),
				Contender.holdfast("Holdfast all limits and deadlines", "echo").with(Settings.limits()),
				Contender.peer("Netty TLS", "NettyServer", "echo").withTls(keys),
				Contender.holdfast("Holdfast TLS", "echo").withTls(keys),
				Contender.holdfast("Holdfast TLS OpenSSL", "echo").withTls(keys).withOpenSsl(),
				Contender.peer("Netty WebSocket", "NettyServer", "websocket").withLoad(FRAMES),
				Contender.holdfast("Holdfast WebSocket", "echo").with(Settings.webSocket()).withLoad(FRAMES),
				Contender.holdfast("Holdfast WebSocket compression", "echo")
					.with(Settings.webSocket("websocket.compression=true"))
					.withLoad(FRAMES),
				Contender.holdfast("Holdfast WebSocket all limits and deadlines", "echo")
					.with(Settings.webSocket(Settings.limits()))
					.withLoad(FRAMES));
	}

	private static Cost measure(Launcher launcher, Contender contender) throws Exception {
		int connections = launcher.options().connections(CONNECTIONS);
		ServerProcess server = launcher.server(contender);
		LoadProcess load = launcher.load();
		load.run(server, "kind=hold connections=%d", connections);
		load.run(server, "kind=drop");
		Thread.sleep(3000);
		Map<String, Long> before = histogram(launcher, server);
		long rss = rss(server);
		load.run(server, "kind=hold connections=%d", connections);
		Map<String, Long> after = histogram(launcher, server);
		Map<String, Double> delta = new HashMap<>();
		after.forEach((type, bytes) -> delta.put(type, (bytes - before.getOrDefault(type, 0L)) / (double) connections));
		print(contender, delta);
		return new Cost(delta.values().stream().mapToDouble(Double::doubleValue).sum(),
				(rss(server) - rss) / (double) connections);
	}

	private static void print(Contender contender, Map<String, Double> delta) {
		MarkdownTable table = new MarkdownTable(contender.name() + ": class", "B/connection");
		delta.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.filter((entry) -> entry.getValue() >= 1)
			.limit(CLASSES_SHOWN)
			.forEach((entry) -> table.row('`' + entry.getKey() + '`', "%.1f".formatted(entry.getValue())));
		table.print();
	}

	/**
	 * Count the objects of a server that are alive.
	 * @param launcher what has started the server
	 * @param server the server
	 * @return bytes by class
	 * @throws Exception if they cannot be counted
	 */
	static Map<String, Long> histogram(Launcher launcher, ServerProcess server) throws Exception {
		Process process = launcher.jcmd(server, "GC.class_histogram");
		Map<String, Long> bytes = new HashMap<>();
		BufferedReader lines = process.inputReader();
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			List<String> fields = new ArrayList<>(List.of(line.trim().split("\\s+")));
			if (fields.size() >= 4 && fields.get(0).endsWith(":") && Character.isDigit(fields.get(0).charAt(0))) {
				bytes.merge(fields.get(3), Long.valueOf(fields.get(2)), Long::sum);
			}
		}
		process.waitFor();
		return bytes;
	}

	private static long rss(ServerProcess server) throws Exception {
		return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.sum();
	}

	/**
	 * What a connection costs. Immutable.
	 *
	 * @param heap bytes of heap
	 * @param rss bytes of the process
	 */
	private record Cost(double heap, double rss) {

	}

}
