package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.ClientText;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.server.ServerDefinition;

/**
 * Tells the listeners of one server, and its logs, what happens to connections. A
 * listener that fails harms nobody else. Thread-safe.
 */
final class ConnectionEvents {

	private static final Log logger = LogFactory.getLog(NettySocketServer.class);

	private final String server;

	private final List<ConnectionListener> listeners;

	private final RefusalLog refusals;

	ConnectionEvents(ServerDefinition definition, List<ConnectionListener> listeners) {
		this.server = definition.name();
		this.listeners = new ArrayList<>(listeners);
		this.refusals = new RefusalLog(definition.name());
		if (definition.logging().connections()) {
			this.listeners.add(0, new ConnectionLog());
		}
	}

	void opened(SocketConnection connection) {
		notify((listener) -> listener.opened(connection));
	}

	void closed(SocketConnection connection, CloseReason reason) {
		notify((listener) -> listener.closed(connection, reason));
	}

	void refused(SocketAddress address, CloseReason reason) {
		this.refusals.refused(address, reason);
		notify((listener) -> listener.refused(this.server, address, reason));
	}

	private void notify(Consumer<ConnectionListener> event) {
		for (ConnectionListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Throwable ex) {
				logger.warn("Listener %s of server '%s' failed".formatted(listener.getClass().getName(), this.server),
						ClientText.loggable(ex));
			}
		}
	}

}
