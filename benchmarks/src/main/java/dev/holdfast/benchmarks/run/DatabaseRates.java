package dev.holdfast.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures how many queries of a single random row servers answer from a PostgreSQL that
 * runs beside them. Servers, load and database share all cores.
 */
final class DatabaseRates {

	private static final int CONNECTIONS = 256;

	private DatabaseRates() {
	}

	static void measure(RunOptions options) throws Exception {
		try (Database database = Database.start()) {
			List<Contender> contenders = List.of(
					Contender.peer("2 blocking connections per core", "BlockingDatabaseServer", "tcp"),
					Contender.peer("2 blocking connections per core over a Unix socket", "BlockingDatabaseServer",
							"unix"),
					Contender.sample("The sample", "world", sample("localhost:%d/postgres".formatted(database.port()))),
					Contender.sample("The sample over a Unix socket", "world",
							sample("localhost/postgres?socket=/tmp/.s.PGSQL.%d".formatted(database.port()))),
					Contender.database("Holdfast with Vert.x as it comes", "vertx"),
					Contender.database("Holdfast with r2dbc-postgresql", "r2dbc"),
					Contender.database("Holdfast with JDBC and HikariCP", "jdbc"));
			RunOptions shared = options.orElse("server-cores", "0-1")
				.orElse("load-cores", "0-1")
				.orElse("properties", "-Ddatabase.port=" + database.port())
				.orElse("args", "--spring.threads.virtual.enabled=true --holdfast.servers.bench.concurrency=16");
			Rounds rounds = new Rounds(shared, contenders);
			List<Integer> depths = options.depths("1");
			for (int depth : depths) {
				rounds.plan(depth + " in flight", "kind=query connections=%d depth=%d database=%d"
					.formatted(options.connections(CONNECTIONS), depth, database.pid()));
			}
			print(rounds, rounds.run());
		}
	}

	private static List<String> sample(String url) {
		return List.of("--spring.profiles.active=postgres", "--spring.r2dbc.url=r2dbc:postgresql://" + url,
				"--spring.r2dbc.username=postgres", "--spring.r2dbc.password=postgres", "--spring.sql.init.mode=never",
				"--server.port=0", "--holdfast.servers.echo.port=0", "--holdfast.servers.frames.port=0",
				"--holdfast.servers.live.port=0", "--holdfast.servers.devices.port=0",
				"--holdfast.servers.world.port=0");
	}

	private static void print(Rounds rounds, Map<String, Results> results) {
		results.forEach((plan, result) -> {
			MarkdownTable table = new MarkdownTable("server, " + plan, "queries/s", "ratio", "range",
					"server CPU µs/query", "ratio", "database CPU µs/query", "both", "ratio");
			String reference = rounds.servers().get(0);
			for (String server : rounds.servers()) {
				List<Object> cells = new ArrayList<>(List.of(server));
				cells.addAll(result.rateCells(server, reference));
				double both = both(result, server);
				cells.add("%.2f".formatted(result.of(server, "databaseMicros").median()));
				cells.add("%.2f".formatted(both));
				cells.add("%.2f".formatted(both / both(result, reference)));
				table.row(cells.toArray());
			}
			table.print();
		});
	}

	private static double both(Results result, String server) {
		return result.of(server, "cpuMicros").median() + result.of(server, "databaseMicros").median();
	}

}
