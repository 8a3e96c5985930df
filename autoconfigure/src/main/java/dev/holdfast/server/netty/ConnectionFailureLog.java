package dev.holdfast.server.netty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.ClientText;

/**
 * Logs why connections of a server failed, at most once a second, so that no client can
 * fill the log. Thread-safe.
 */
final class ConnectionFailureLog {

	private static final Log logger = LogFactory.getLog(NettyConnection.class);

	private final String server;

	private final AtomicLong nextLine = new AtomicLong(System.nanoTime());

	private final AtomicLong failed = new AtomicLong();

	ConnectionFailureLog(String server) {
		this.server = server;
	}

	void failed(NettyConnection connection, Throwable cause) {
		this.failed.incrementAndGet();
		long now = System.nanoTime();
		long next = this.nextLine.get();
		if (now - next >= 0 && this.nextLine.compareAndSet(next, now + TimeUnit.SECONDS.toNanos(1))) {
			logger.warn("%d connections of server '%s' failed, the last was '%s'".formatted(this.failed.getAndSet(0),
					this.server, connection.id()), ClientText.loggable(cause));
		}
	}

}
