package dev.holdfast.connection;

/**
 * Why a connection ended, with the WebSocket status code that tells the peer. Immutable.
 */
public enum CloseReason {

	/**
	 * The peer closed the connection, or ended its half of it.
	 */
	CLIENT(1000),

	/**
	 * A handler closed the connection.
	 */
	HANDLER(1000),

	/**
	 * An operator, or another part of the application, ended the connection.
	 */
	KICKED(1008),

	/**
	 * Nothing was read for longer than {@code idle-timeout}.
	 */
	IDLE(1001),

	/**
	 * No user was bound within {@code login-timeout}.
	 */
	LOGIN_TIMEOUT(1008),

	/**
	 * A frame was longer than {@code max-frame-length}.
	 */
	FRAME_TOO_LARGE(1009),

	/**
	 * The peer sent bytes that are no frame of the protocol.
	 */
	BAD_FRAME(1002),

	/**
	 * A frame that was begun was not finished within {@code frame-timeout}. The
	 * connection is aborted.
	 */
	FRAME_TIMEOUT(1002, true),

	/**
	 * TLS, the PROXY header or the upgrade failed, so the connection was never opened.
	 */
	HANDSHAKE_FAILED(1002),

	/**
	 * The peer did not read what was sent to it within the outbound budget. The
	 * connection is aborted.
	 */
	SLOW_CONSUMER(1008, true),

	/**
	 * The peer sent more messages than {@code limits.messages-per-second} allows.
	 */
	RATE_LIMIT(1008),

	/**
	 * The server or the process holds as many connections as it may. The connection was
	 * never opened.
	 */
	LIMIT_REACHED(1013),

	/**
	 * The connection lived as long as {@code max-lifetime} allows.
	 */
	MAX_LIFETIME(1001),

	/**
	 * The server is stopping or draining.
	 */
	SHUTDOWN(1001),

	/**
	 * The network or the peer broke the connection.
	 */
	TRANSPORT_ERROR(1006, true);

	private final int code;

	private final boolean abort;

	CloseReason(int code) {
		this(code, false);
	}

	CloseReason(int code, boolean abort) {
		this.code = code;
		this.abort = abort;
	}

	/**
	 * Return the WebSocket status code that goes with this reason.
	 * @return the status code, never sent for {@link #TRANSPORT_ERROR}
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Whether a connection that ends for this reason is reset instead of being flushed
	 * and shut down in order.
	 * @return whether the connection is aborted
	 */
	public boolean isAbort() {
		return this.abort;
	}

}
