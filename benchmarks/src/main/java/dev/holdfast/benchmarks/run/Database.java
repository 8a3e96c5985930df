package dev.holdfast.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL with TechEmpower's table of 10,000 rows. Thread-safe.
 */
final class Database implements AutoCloseable {

	private final EmbeddedPostgres postgres;

	private final long pid;

	private Database(EmbeddedPostgres postgres, long pid) {
		this.postgres = postgres;
		this.pid = pid;
	}

	static Database start() throws IOException, SQLException {
		Path data = Files.createTempDirectory("holdfast-postgres");
		EmbeddedPostgres postgres = EmbeddedPostgres.builder().setDataDirectory(data).start();
		try (Connection connection = postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE world (id INTEGER PRIMARY KEY, randomnumber INTEGER NOT NULL)");
			statement
				.execute("INSERT INTO world SELECT i, 1 + floor(random() * 10000) FROM generate_series(1, 10000) i");
			statement.execute("VACUUM ANALYZE world");
		}
		return new Database(postgres, Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim()));
	}

	int port() {
		return this.postgres.getPort();
	}

	/**
	 * Return the process that started all others of the database.
	 * @return its id
	 */
	long pid() {
		return this.pid;
	}

	@Override
	public void close() throws IOException {
		this.postgres.close();
	}

}
