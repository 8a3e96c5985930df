package dev.holdfast.server;

/**
 * Factory interface that can be used to create a {@link SocketServer}. Thread-safe.
 */
@FunctionalInterface
public interface SocketServerFactory {

	/**
	 * Create a fully configured server that is not started.
	 * @param definition how the server is set up
	 * @return the server
	 */
	SocketServer create(ServerDefinition definition);

}
