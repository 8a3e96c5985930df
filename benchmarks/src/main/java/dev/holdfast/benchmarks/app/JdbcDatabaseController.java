package dev.holdfast.benchmarks.app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import dev.holdfast.handler.Blocking;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

/**
 * Answers with a row that JDBC reads while a thread waits, a virtual one where there are
 * any.
 */
@SocketController("bench")
class JdbcDatabaseController {

	private final HikariDataSource dataSource;

	JdbcDatabaseController() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl("jdbc:postgresql://localhost:%d/postgres?prepareThreshold=1".formatted(Row.databasePort()));
		config.setUsername("postgres");
		config.setPassword("postgres");
		config.setMaximumPoolSize(Integer.getInteger("database.connections", 16));
		this.dataSource = new HikariDataSource(config);
	}

	@Blocking
	@OnMessage
	Row row() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(Row.SELECT + "?")) {
			statement.setInt(1, Row.randomId());
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				return new Row(rows.getInt(1), rows.getInt(2));
			}
		}
	}

}
