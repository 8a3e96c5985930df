package dev.holdfast.connection;

/**
 * Thrown when a message was not taken because its connection has used up its outbound
 * budget ({@code outbound.max-pending}).
 */
public class OverflowException extends RuntimeException {

	/**
	 * Create a new {@link OverflowException}.
	 * @param connectionId the id of the connection
	 * @param pendingBytes the number of bytes that wait for the peer
	 */
	public OverflowException(String connectionId, long pendingBytes) {
		super("Connection '%s' has %d bytes waiting for its peer".formatted(connectionId, pendingBytes));
	}

}
