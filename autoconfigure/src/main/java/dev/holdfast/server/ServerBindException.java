package dev.holdfast.server;

import java.net.SocketAddress;

/**
 * Thrown when a server cannot listen on its address.
 */
public class ServerBindException extends RuntimeException {

	private final String server;

	private final SocketAddress address;

	/**
	 * Create a new {@link ServerBindException}.
	 * @param server the name of the server
	 * @param address the address
	 * @param cause why the address could not be listened on
	 */
	public ServerBindException(String server, SocketAddress address, Throwable cause) {
		super("Server '%s' cannot listen on %s: %s".formatted(server, address, cause.getMessage()), cause);
		this.server = server;
		this.address = address;
	}

	/**
	 * Return the name of the server.
	 * @return the name
	 */
	public String server() {
		return this.server;
	}

	/**
	 * Return the address.
	 * @return the address
	 */
	public SocketAddress address() {
		return this.address;
	}

}
