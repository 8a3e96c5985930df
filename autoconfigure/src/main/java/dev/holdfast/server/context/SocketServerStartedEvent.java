package dev.holdfast.server.context;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ApplicationContextEvent;

import dev.holdfast.server.SocketServer;

/**
 * Published once a server listens. Immutable.
 */
public final class SocketServerStartedEvent extends ApplicationContextEvent {

	private final transient SocketServer server;

	/**
	 * Create a new {@link SocketServerStartedEvent}.
	 * @param context the context that the server belongs to
	 * @param server the server
	 */
	public SocketServerStartedEvent(ApplicationContext context, SocketServer server) {
		super(context);
		this.server = server;
	}

	/**
	 * Return the server.
	 * @return the server
	 */
	public SocketServer server() {
		return this.server;
	}

}
