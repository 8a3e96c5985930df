package dev.holdfast.server.netty;

/**
 * Where a connection is in its life. Immutable.
 */
enum ConnectionState {

	/**
	 * Accepted, and TLS or the upgrade not done yet.
	 */
	NEW,

	/**
	 * Messages are handled and sent.
	 */
	OPEN,

	/**
	 * What was taken is being written.
	 */
	CLOSING,

	/**
	 * FIN was sent, input is discarded.
	 */
	LINGERING,

	/**
	 * Gone.
	 */
	CLOSED

}
