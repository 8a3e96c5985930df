package dev.holdfast.connection;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLSession;

/**
 * A live client of one server. Thread-safe.
 */
public interface SocketConnection {

	/**
	 * Return the id, unique in the cluster and never used again while a node runs.
	 * @return the id, {@code node-loop-slot-generation}
	 */
	String id();

	/**
	 * Return the name of the server that accepted the connection.
	 * @return the name
	 */
	String server();

	/**
	 * Return the address of the client, the real one behind a trusted proxy.
	 * @return the address: an empty {@link java.net.UnixDomainSocketAddress path} for a
	 * client of a Unix domain socket, unless a proxy tells the real one
	 */
	SocketAddress remoteAddress();

	/**
	 * Return the address that the client connected to.
	 * @return the address, a path for a Unix domain socket
	 */
	SocketAddress localAddress();

	/**
	 * Return the time at which the connection was accepted.
	 * @return the time, to the millisecond
	 */
	Instant openedAt();

	/**
	 * Return how long nothing has been read from the client.
	 * @return the time since the last byte, or since the connection was accepted
	 */
	Duration idleTime();

	/**
	 * Return the upgrade request of a WebSocket connection.
	 * @return the handshake, empty for TCP
	 */
	Optional<Handshake> handshake();

	/**
	 * Return the TLS session.
	 * @return the session, empty without TLS
	 */
	Optional<SSLSession> sslSession();

	/**
	 * Return the user that is bound to the connection. A closed connection keeps its last
	 * value.
	 * @return the user
	 */
	Optional<String> user();

	/**
	 * Bind the connection to a user, in place of the one it had.
	 * @param user the name of the user, neither empty nor longer than 16,384 characters
	 * @return whether the binding changed; {@code false} for a closed connection and for
	 * the user that it has already
	 */
	boolean bindUser(String user);

	/**
	 * Release the connection from its user.
	 * @return whether there was one; {@code false} for a closed connection
	 */
	boolean unbindUser();

	/**
	 * Return the groups of the connection. The returned set is a copy and does not
	 * reflect further changes; a closed connection keeps its last value.
	 * @return the groups
	 */
	Set<String> groups();

	/**
	 * Add the connection to a group.
	 * @param group the name of the group, neither empty nor longer than 16,384 characters
	 * @return whether it was added; {@code false} for a closed connection and for one
	 * that is in the group already
	 */
	boolean join(String group);

	/**
	 * Remove the connection from a group.
	 * @param group the name of the group
	 * @return whether it was in the group; {@code false} for a closed connection
	 */
	boolean leave(String group);

	/**
	 * Return the attributes of the connection, created by the first call.
	 * @return a mutable map that is safe to use from any thread and holds no {@code null}
	 */
	Map<String, Object> attributes();

	/**
	 * Send a message to the client, encoded and framed as replies are. Never blocks.
	 * Messages of one thread leave in the order of their calls. A {@code ByteBuf} is
	 * released, whatever the outcome.
	 * @param message the message
	 * @return whether it was taken; {@code false} when the connection is closed or over
	 * its outbound budget
	 */
	boolean send(Object message);

	/**
	 * Send a message to the client and tell when the kernel took its bytes.
	 * @param message the message
	 * @return a future that completes once, with a {@link ConnectionClosedException} when
	 * the connection is closed or closes first, or with an {@link OverflowException}
	 */
	CompletableFuture<Void> sendAsync(Object message);

	/**
	 * Whether messages can be sent.
	 * @return whether the connection was opened and not closed yet
	 */
	boolean isOpen();

	/**
	 * Whether fewer bytes wait for the client than {@code outbound.high-water-mark}.
	 * @return whether it is a good time to send
	 */
	boolean isWritable();

	/**
	 * Return the number of bytes that wait for the client in this process.
	 * @return the number of bytes
	 */
	long pendingBytes();

	/**
	 * Stop reading from the client until {@link #resumeReading()}. A second call has no
	 * effect.
	 */
	void pauseReading();

	/**
	 * Read from the client again. Without {@link #pauseReading()} the call has no effect.
	 */
	void resumeReading();

	/**
	 * Return the number of messages that were decoded.
	 * @return the number of messages
	 */
	long messagesReceived();

	/**
	 * Return the number of messages that were queued for the client.
	 * @return the number of messages
	 */
	long messagesSent();

	/**
	 * Return the number of bytes that were read from the client.
	 * @return the number of bytes
	 */
	long bytesReceived();

	/**
	 * Return the number of bytes that were queued for the client.
	 * @return the number of bytes
	 */
	long bytesSent();

	/**
	 * Close the connection as {@link CloseReason#HANDLER}: what was taken is sent first.
	 * A second call has no effect.
	 */
	void close();

	/**
	 * Close the connection for a reason. A second call has no effect.
	 * @param reason the reason
	 */
	void close(CloseReason reason);

	/**
	 * Close the connection with a WebSocket status code and text. Other transports close
	 * as {@link CloseReason#HANDLER}. A second call has no effect.
	 * @param code the status code, 1000 to 4999
	 * @param text the reason as text, at most 123 bytes
	 */
	void close(int code, String text);

}
