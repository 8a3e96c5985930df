package dev.holdfast.connection;

/**
 * Thrown when a message was handed to a connection that was closed, or that closed before
 * the kernel took the bytes.
 */
public class ConnectionClosedException extends RuntimeException {

	/**
	 * Create a new {@link ConnectionClosedException}.
	 * @param connectionId the id of the closed connection
	 */
	public ConnectionClosedException(String connectionId) {
		super("Connection '%s' is closed".formatted(connectionId));
	}

}
