package dev.holdfast.server;

/**
 * What a server does at the moment. Immutable.
 */
public enum ServerState {

	/**
	 * The server neither listens nor holds connections.
	 */
	STOPPED,

	/**
	 * The server accepts connections.
	 */
	RUNNING,

	/**
	 * The listening socket is closed and the connections are served on.
	 */
	PAUSED,

	/**
	 * The connections are being ended in order.
	 */
	DRAINING

}
