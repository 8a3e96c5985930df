package dev.holdfast.server.netty;

import dev.holdfast.connection.CloseReason;

/**
 * How a connection ends. Confined to the connection's event loop.
 */
final class Closing {

	/**
	 * A connection that nothing has closed. It also loads this class before a process
	 * that has no descriptor left has to.
	 */
	static final Closing NONE = new Closing(CloseReason.TRANSPORT_ERROR);

	final CloseReason reason;

	int due;

	long unsent;

	Closing(CloseReason reason) {
		this.reason = reason;
	}

}
