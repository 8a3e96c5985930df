package dev.holdfast.sample.world;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PostgresConfiguration}.
 */
class PostgresConfigurationTests {

	@Test
	void connectOptionsWhenUrlNamesHostAndPortUsesThem() {
		PgConnectOptions options = options("r2dbc:postgresql://ann:secret@db:5433/world");
		assertThat(options.getHost()).isEqualTo("db");
		assertThat(options.getPort()).isEqualTo(5433);
		assertThat(options.getDatabase()).isEqualTo("world");
		assertThat(options.getUser()).isEqualTo("ann");
		assertThat(options.getPassword()).isEqualTo("secret");
	}

	@Test
	void connectOptionsWhenUrlNamesSocketUsesItsDirectoryAndPort() {
		PgConnectOptions options = options(
				"r2dbc:postgresql://ann@localhost/world?socket=/var/run/postgresql/.s.PGSQL.5434");
		assertThat(options.isUsingDomainSocket()).isTrue();
		assertThat(options.getHost()).isEqualTo("/var/run/postgresql");
		assertThat(options.getPort()).isEqualTo(5434);
		assertThat(options.getDatabase()).isEqualTo("world");
	}

	@Test
	void connectOptionsWhenSocketIsNotOfPostgresFails() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> options("r2dbc:postgresql://ann@localhost/world?socket=/tmp/mysql.sock"))
			.withMessageContaining("/tmp/mysql.sock");
	}

	private static PgConnectOptions options(String url) {
		return PostgresConfiguration.connectOptions(ConnectionFactoryOptions.parse(url));
	}

}
