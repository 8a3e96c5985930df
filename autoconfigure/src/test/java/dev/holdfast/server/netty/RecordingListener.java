package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.SocketConnection;

/**
 * Remembers all that a {@link ConnectionListener} hears. Thread-safe.
 */
final class RecordingListener implements ConnectionListener {

	final Queue<String> events = new ConcurrentLinkedQueue<>();

	@Override
	public void opened(SocketConnection connection) {
		this.events.add("opened");
	}

	@Override
	public void closed(SocketConnection connection, CloseReason reason) {
		this.events.add("closed " + reason);
	}

	@Override
	public void refused(String server, SocketAddress remoteAddress, CloseReason reason) {
		this.events.add("refused " + server + " " + reason);
	}

}
