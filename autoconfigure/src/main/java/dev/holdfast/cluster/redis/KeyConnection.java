package dev.holdfast.cluster.redis;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * What reads and writes keys. In a Redis Cluster keys live on other servers than those
 * that messages go through, so a server that fails costs its keys only: the connection is
 * replaced, and the link stays. Thread-safe.
 */
final class KeyConnection {

	private final @Nullable Supplier<CompletionStage<StatefulRedisClusterConnection<String, byte[]>>> opening;

	private volatile RedisClusterAsyncCommands<String, byte[]> commands;

	private @Nullable StatefulRedisClusterConnection<String, byte[]> connection;

	private boolean renewing;

	private boolean closed;

	private KeyConnection(@Nullable Supplier<CompletionStage<StatefulRedisClusterConnection<String, byte[]>>> opening,
			RedisClusterAsyncCommands<String, byte[]> commands) {
		this.opening = opening;
		this.commands = commands;
	}

	/**
	 * Use a connection that others use too.
	 * @param commands the commands of the connection
	 * @return what cannot be renewed
	 */
	static KeyConnection shared(RedisClusterAsyncCommands<String, byte[]> commands) {
		return new KeyConnection(null, commands);
	}

	/**
	 * Use a connection of its own.
	 * @param connection the connection
	 * @param opening opens another one
	 * @return what can be renewed
	 */
	static KeyConnection own(StatefulRedisClusterConnection<String, byte[]> connection,
			Supplier<CompletionStage<StatefulRedisClusterConnection<String, byte[]>>> opening) {
		KeyConnection keys = new KeyConnection(opening, connection.async());
		keys.connection = connection;
		return keys;
	}

	RedisClusterAsyncCommands<String, byte[]> commands() {
		return this.commands;
	}

	/**
	 * Replace the connection in the background, because it failed.
	 * @return {@code false} if others use it too, so that all of the link is to be
	 * replaced
	 */
	boolean renew() {
		if (this.opening == null) {
			return false;
		}
		if (begin()) {
			this.opening.get().whenComplete((opened, ex) -> end(opened));
		}
		return true;
	}

	private synchronized boolean begin() {
		boolean begins = !this.renewing && !this.closed;
		this.renewing |= begins;
		return begins;
	}

	private synchronized void end(@Nullable StatefulRedisClusterConnection<String, byte[]> opened) {
		this.renewing = false;
		if (opened != null) {
			closeConnection();
			this.connection = opened;
			this.commands = opened.async();
			if (this.closed) {
				closeConnection();
			}
		}
	}

	synchronized void close() {
		this.closed = true;
		closeConnection();
	}

	private void closeConnection() {
		if (this.connection != null) {
			this.connection.closeAsync();
		}
	}

}
