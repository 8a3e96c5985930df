package dev.holdfast.sample.world;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.holdfast.sample.SampleTest;
import dev.holdfast.test.LocalSocketPort;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorldHandler} on PostgreSQL.
 */
@SampleTest
@ActiveProfiles("postgres")
class PostgresWorldServerTests {

	private static final EmbeddedPostgres postgres = start();

	@Autowired
	private WorldRepository worlds;

	private final int port;

	private final WorldLoad load;

	PostgresWorldServerTests(@LocalSocketPort("world") int port) {
		this.port = port;
		this.load = new WorldLoad(port);
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.r2dbc.url",
				() -> "r2dbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort()));
		registry.add("spring.r2dbc.username", () -> "postgres");
		registry.add("spring.r2dbc.password", () -> "postgres");
	}

	@AfterAll
	static void stop() throws IOException {
		postgres.close();
	}

	@Test
	void dbWhenAskedAnswersRowOfTable() {
		assertThat(this.worlds).isInstanceOf(VertxWorldRepository.class);
		World world = this.load.db();
		assertThat(this.worlds.find(world.id())).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(world);
	}

	@Test
	void queriesWhenManyAskAtOnceAnswersRows() throws Exception {
		assertThat(this.load.ask("queries 20", 20)).hasSize(20 * 256);
	}

	@Test
	void updatesWhenManyAskAtOnceStoresWhatItTells() throws Exception {
		List<World> told = this.load.ask("updates 20", 20);
		WorldLoad.assertStored(told, this.worlds);
	}

	@Test
	void dbWhenConnectionsToDatabaseWereEndedAnswersAgain() throws Exception {
		try (SocketTestClient client = SocketTestClient.connect(this.port)) {
			client.send("db");
			assertThat(client.receive()).contains("randomNumber");
			assertThat(endConnections()).isPositive();
			await().untilAsserted(() -> {
				client.send("db");
				assertThat(client.receive()).contains("randomNumber");
			});
		}
	}

	/**
	 * End the connections of the application to the database.
	 * @return how many there were
	 * @throws SQLException if they cannot be ended
	 */
	private static int endConnections() throws SQLException {
		String sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
				+ " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
		try (Connection connection = postgres.getPostgresDatabase().getConnection();
				ResultSet rows = connection.createStatement().executeQuery(sql)) {
			rows.next();
			return rows.getInt(1);
		}
	}

	@Test
	void executeWhenUrlNamesSocketAsksOverIt() {
		ConnectionFactoryOptions options = ConnectionFactoryOptions
			.parse("r2dbc:postgresql://postgres@localhost/postgres?socket=/tmp/.s.PGSQL." + postgres.getPort());
		PostgresConfiguration configuration = new PostgresConfiguration();
		CallerLoops loops = new CallerLoops();
		Vertx vertx = configuration.vertx(loops);
		try {
			LoopClients clients = configuration.loopClients(loops, vertx, () -> options);
			assertThat(clients.execute("SELECT inet_server_addr()", Tuple.tuple())
				.map((rows) -> Optional.ofNullable(rows.iterator().next().getValue(0)))
				.toCompletionStage()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(Optional.empty());
		}
		finally {
			vertx.close();
		}
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.builder().start();
		}
		catch (IOException ex) {
			throw new IllegalStateException("PostgreSQL does not start", ex);
		}
	}

}
