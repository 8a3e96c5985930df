package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.SocketConnection;

/**
 * Measures how long connections live.
 */
class ConnectionTimes implements ConnectionListener {

	private final Map<String, Long> opened = new ConcurrentHashMap<>();

	private final List<Duration> lives = new CopyOnWriteArrayList<>();

	@Override
	public void opened(SocketConnection connection) {
		this.opened.put(connection.id(), System.nanoTime());
	}

	@Override
	public void closed(SocketConnection connection, CloseReason reason) {
		this.lives.add(Duration.ofNanos(System.nanoTime() - this.opened.get(connection.id())));
	}

	List<Duration> lives() {
		return this.lives;
	}

}
