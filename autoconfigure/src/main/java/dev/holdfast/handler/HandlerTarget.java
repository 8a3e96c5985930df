package dev.holdfast.handler;

import dev.holdfast.connection.SocketConnection;

/**
 * What the invocation of handlers needs of a connection. Confined to the connection's
 * event loop, but for {@link #execute}.
 */
public interface HandlerTarget extends ReplySink {

	/**
	 * Return the connection as handlers see it.
	 * @return the connection
	 */
	SocketConnection connection();

	/**
	 * Declare that the current message or event will be handled for longer than this
	 * call. Later messages wait, or are handled while their replies wait.
	 * @return what ends it
	 */
	Exchange begin();

	/**
	 * Run an action on the event loop of the connection, after all that was given to it
	 * by the same thread before. It is not run once the loop has ended.
	 * @param action the action
	 */
	void execute(Runnable action);

	/**
	 * Run an action on the event loop of the connection after some milliseconds.
	 * @param action the action
	 * @param millis the delay in milliseconds
	 */
	void executeLater(Runnable action, long millis);

	/**
	 * Count a failed call.
	 */
	void failed();

}
