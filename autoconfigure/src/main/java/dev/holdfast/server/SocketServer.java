package dev.holdfast.server;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A server that listens on one address. Thread-safe.
 */
public interface SocketServer {

	/**
	 * Return the name that the configuration gave the server.
	 * @return the name
	 */
	String name();

	/**
	 * Return how the server is set up.
	 * @return the definition
	 */
	ServerDefinition definition();

	/**
	 * Listen and accept connections. Calling this method on a running server has no
	 * effect.
	 * @throws ServerBindException if the address cannot be listened on
	 */
	void start();

	/**
	 * Stop listening and close all connections. Calling this method on a stopped server
	 * has no effect.
	 */
	void stop();

	/**
	 * Close the listening socket and serve the connections on. Calling this method on a
	 * paused server has no effect.
	 * @throws IllegalStateException if the server is neither running nor paused
	 */
	void pause();

	/**
	 * Listen again, on the same port. Calling this method on a running server has no
	 * effect.
	 * @throws IllegalStateException if the server is draining
	 * @throws ServerBindException if the address cannot be listened on
	 */
	void resume();

	/**
	 * Close the listening socket and end the connections: of each, stop reading, answer
	 * what was read, say goodbye and close. Calling this method on a stopped or draining
	 * server has no effect.
	 * @param settings how the connections are ended
	 * @return completes when the server has stopped; cancelling it aborts the connections
	 * that are left
	 */
	CompletableFuture<Void> drain(DrainSettings settings);

	/**
	 * Whether the server listens and could accept the last connections that came.
	 * @return {@code false} while the server does not listen, and for some seconds after
	 * a failure to accept
	 */
	boolean isAccepting();

	/**
	 * Return what the server does at the moment.
	 * @return the state
	 */
	ServerState state();

	/**
	 * Return the address that the server listens on, with the port that the system chose.
	 * @return the address, a {@link java.net.UnixDomainSocketAddress path} for a Unix
	 * domain socket, or {@code null} while the server does not listen
	 */
	@Nullable SocketAddress address();

	/**
	 * Return the address that the server listens on, or that it listened on last and
	 * {@link #resume() resuming} listens on again.
	 * @return the address with the port that the system chose, or {@code null} if the
	 * server has never listened
	 */
	default @Nullable SocketAddress lastAddress() {
		return address();
	}

	/**
	 * Return the mechanism by which the server moves bytes.
	 * @return {@code epoll}, {@code kqueue}, {@code io-uring} or {@code nio}
	 */
	String io();

	/**
	 * Whether connections are encrypted.
	 * @return whether the server speaks TLS
	 */
	boolean tls();

	/**
	 * Return what the server counted so far.
	 * @return a copy that does not reflect further changes
	 */
	ServerStatistics statistics();

}
