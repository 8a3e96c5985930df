package dev.holdfast.server.context;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ApplicationContextEvent;

import dev.holdfast.server.SocketServer;

/**
 * Published once a server has stopped and its connections are closed. Immutable.
 */
public final class SocketServerStoppedEvent extends ApplicationContextEvent {

	private final transient SocketServer server;

	/**
	 * Create a new {@link SocketServerStoppedEvent}.
	 * @param context the context that the server belongs to
	 * @param server the server
	 */
	public SocketServerStoppedEvent(ApplicationContext context, SocketServer server) {
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
