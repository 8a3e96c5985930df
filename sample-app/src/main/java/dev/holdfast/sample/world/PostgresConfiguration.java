package dev.holdfast.sample.world;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The PostgreSQL client of Vert.x, for the database that {@code spring.r2dbc} names.
 */
@Configuration(proxyBeanMethods = false)
@Profile("postgres")
class PostgresConfiguration {

	private static final int PIPELINING_LIMIT = 256;

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
		return new LoopClients(loops, () -> PgBuilder.client().with(single).connectingTo(options).using(vertx).build());
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
		return connect.setHost((String) options.getRequiredValue(ConnectionFactoryOptions.HOST))
			.setDatabase((String) options.getRequiredValue(ConnectionFactoryOptions.DATABASE))
			.setUser((String) options.getRequiredValue(ConnectionFactoryOptions.USER));
	}

}
