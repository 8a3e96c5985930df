package dev.holdfast.handler;

import dev.holdfast.connection.SocketConnection;

/**
 * What the invocation of handlers needs of a connection. Confined to the connection's
 * event loop.
 */
public interface HandlerTarget {

	/**
	 * Return the connection as handlers see it.
	 * @return the connection
	 */
	SocketConnection connection();

	/**
	 * Queue a reply behind those of earlier messages.
	 * @param message the reply
	 * @throws Exception if the reply cannot be encoded or framed; nothing is sent then
	 */
	void reply(Object message) throws Exception;

	/**
	 * Count a failed call.
	 */
	void failed();

}
