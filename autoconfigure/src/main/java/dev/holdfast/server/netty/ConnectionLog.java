package dev.holdfast.server.netty;

import java.time.Duration;
import java.time.Instant;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.server.SocketAddresses;

/**
 * {@link ConnectionListener} that logs one line for each opened and each closed
 * connection. A client chooses nothing of what a line says. Thread-safe.
 */
final class ConnectionLog implements ConnectionListener {

	private static final Log logger = LogFactory.getLog(ConnectionLog.class);

	@Override
	public void opened(SocketConnection connection) {
		logger.info("Connection '%s' of server '%s' opened from %s".formatted(connection.id(), connection.server(),
				address(connection)));
	}

	@Override
	public void closed(SocketConnection connection, CloseReason reason) {
		logger.info("Connection '%s' of server '%s' from %s closed: %s after %d s, %d messages received, %d sent"
			.formatted(connection.id(), connection.server(), address(connection), reason,
					Duration.between(connection.openedAt(), Instant.now()).toSeconds(), connection.messagesReceived(),
					connection.messagesSent()));
	}

	private static String address(SocketConnection connection) {
		return SocketAddresses.format(connection.remoteAddress());
	}

}
