package dev.holdfast.sample.world;

import java.nio.file.Path;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PoolOptions;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.util.Assert;

/**
 * The PostgreSQL client of Vert.x, for the database that {@code spring.r2dbc} names.
 */
@Configuration(proxyBeanMethods = false)
@Profile("postgres")
class PostgresConfiguration {

	private static final int PIPELINING_LIMIT = 1024;

	private static final String SOCKET_NAME = ".s.PGSQL.";

	private static final Option<String> SOCKET = Option.valueOf("socket");

	@Bean
	Vertx vertx(CallerLoops loops) {
		return Vertx.builder()
			.with(new VertxOptions().setEventLoopPoolSize(1))
			.withTransport(JoiningTransport.create(loops))
			.build();
	}

	@Bean
	LoopClients loopClients(CallerLoops loops, Vertx vertx, R2dbcConnectionDetails details) {
		PgConnectOptions options = connectOptions(details.getConnectionFactoryOptions());
		PoolOptions single = new PoolOptions().setMaxSize(1).setMaxWaitQueueSize(-1);
		return new LoopClients(loops, PgBuilder.client().with(single).connectingTo(options).using(vertx).build(),
				() -> PgConnection.connect(vertx, options));
	}

	static PgConnectOptions connectOptions(ConnectionFactoryOptions options) {
		PgConnectOptions connect = new PgConnectOptions().setCachePreparedStatements(true)
			.setPipeliningLimit(PIPELINING_LIMIT);
		if (options.hasOption(ConnectionFactoryOptions.PORT)) {
			connect.setPort((int) options.getRequiredValue(ConnectionFactoryOptions.PORT));
		}
		if (options.hasOption(ConnectionFactoryOptions.PASSWORD)) {
			connect.setPassword(options.getRequiredValue(ConnectionFactoryOptions.PASSWORD).toString());
		}
		connect.setHost((String) options.getRequiredValue(ConnectionFactoryOptions.HOST))
			.setDatabase((String) options.getRequiredValue(ConnectionFactoryOptions.DATABASE))
			.setUser((String) options.getRequiredValue(ConnectionFactoryOptions.USER));
		return options.hasOption(SOCKET) ? overSocket(connect, (String) options.getRequiredValue(SOCKET)) : connect;
	}

	/**
	 * Connect over a Unix domain socket, which PostgreSQL names after its port.
	 * @param connect all other options
	 * @param socket the path of the socket
	 * @return the options
	 */
	private static PgConnectOptions overSocket(PgConnectOptions connect, String socket) {
		Path path = Path.of(socket);
		Path directory = path.getParent();
		String name = path.getFileName().toString();
		Assert.isTrue(directory != null && name.startsWith(SOCKET_NAME),
				() -> "'socket' must be the path of a socket of PostgreSQL, not '%s'".formatted(socket));
		return connect.setHost(directory.toString()).setPort(Integer.parseInt(name.substring(SOCKET_NAME.length())));
	}

}
