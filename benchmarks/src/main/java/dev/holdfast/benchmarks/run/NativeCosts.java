package dev.holdfast.benchmarks.run;

import java.util.List;

/**
 * Measures what an idle connection costs outside the heap, with TLS and without, as what
 * the process grows by between two numbers of connections. All pages of the heap are in
 * use from the start, so that the process grows by native memory alone.
 */
final class NativeCosts {

	private static final int FEW = 5_000;

	private static final int MANY = 15_000;

	private static final int AT_ONCE = 100;

	private static final String[] JVM = { "-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch",
			"-XX:NativeMemoryTracking=summary" };

	private NativeCosts() {
	}

	static void measure(RunOptions options) throws Exception {
		MarkdownTable table = new MarkdownTable("server", "heap B/connection", "native B/connection",
				"of it direct buffers", "tracked by the JVM otherwise", "neither");
		for (Contender contender : options.choose(contenders(Settings.keys()))) {
			try (Launcher launcher = new Launcher(options)) {
				row(table, contender.name(), measure(launcher, contender.withJvm(JVM)));
			}
		}
		table.print();
	}

	private static void row(MarkdownTable table, String name, ProcessMemory cost) {
		table.row(name, "%,d".formatted(cost.heap()), "%,d".formatted(cost.anonymous()), "%,d".formatted(cost.direct()),
				"%,d".formatted(cost.tracked()), "%,d".formatted(cost.anonymous() - cost.direct() - cost.tracked()));
	}

	private static List<Contender> contenders(String keys) {
		return List.of(Contender.holdfast("echo"), Contender.peer("Netty TLS", "NettyServer", "echo").withTls(keys),
				Contender.holdfast("Holdfast TLS", "echo").withTls(keys),
				Contender.holdfast("Holdfast TLS OpenSSL", "echo").withTls(keys).withOpenSsl());
	}

	private static ProcessMemory measure(Launcher launcher, Contender contender) throws Exception {
		int many = launcher.options().connections(MANY);
		int few = many * FEW / MANY;
		ServerProcess server = launcher.server(contender);
		LoadProcess load = launcher.load();
		open(load, server, few);
		ProcessMemory before = ProcessMemory.of(launcher, server);
		open(load, server, many - few);
		return ProcessMemory.of(launcher, server).minus(before).dividedBy(many - few);
	}

	private static void open(LoadProcess load, ServerProcess server, int count) throws Exception {
		for (int opened = 0; opened < count; opened += AT_ONCE) {
			load.run(server, "kind=hold connections=%d", Math.min(AT_ONCE, count - opened));
		}
	}

}
