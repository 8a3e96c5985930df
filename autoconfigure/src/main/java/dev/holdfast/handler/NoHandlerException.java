package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no method takes a message.
 */
public class NoHandlerException extends RuntimeException {

	private final @Nullable String route;

	/**
	 * Create a new {@link NoHandlerException}.
	 * @param server the name of the server
	 * @param route the route of the message or {@code null}
	 */
	public NoHandlerException(String server, @Nullable String route) {
		super((route != null) ? "No handler of server '%s' for this route".formatted(server)
				: "No handler of server '%s' for messages without a route".formatted(server));
		this.route = route;
	}

	/**
	 * Return the route of the message, as the client sent it.
	 * @return the route or {@code null}
	 */
	public @Nullable String route() {
		return this.route;
	}

}
