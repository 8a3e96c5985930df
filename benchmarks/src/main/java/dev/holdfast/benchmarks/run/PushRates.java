package dev.holdfast.benchmarks.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures how many messages a second servers push to many connections. One server runs
 * at a time, because each needs descriptors of the load generator.
 */
final class PushRates {

	private static final int CONNECTIONS = 15_000;

	private static final int SIZE = 128;

	private PushRates() {
	}

	static void measure(RunOptions options) throws Exception {
		Rounds rounds = new Rounds(options, List.of(Contender.peer("Netty ChannelGroup", "NettyServer", "group"),
				Contender.holdfast("push"), Contender.peer("Netty loop, void promises", "NettyServer", "loop")));
		rounds.plan("push", "kind=broadcast connections=%d size=%d".formatted(options.connections(CONNECTIONS), SIZE));
		Results results = rounds.run().get("push");
		MarkdownTable table = new MarkdownTable("server", "deliveries/s", "ratio", "range", "CPU µs/delivery", "ratio",
				"deliveries/s and core");
		for (String server : rounds.servers()) {
			List<Object> cells = new ArrayList<>(List.of(server));
			cells.addAll(results.rateCells(server, rounds.servers().get(0)));
			cells.add("%,.0f".formatted(1e6 / results.of(server, "cpuMicros").median()));
			table.row(cells.toArray());
		}
		table.print();
	}

}
