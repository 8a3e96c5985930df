package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.SocketAddresses;

/**
 * Logs refused connections of a server, at most one line a second. Thread-safe.
 */
final class RefusalLog {

	private static final Log logger = LogFactory.getLog(NettySocketServer.class);

	private final String server;

	private final AtomicLong nextLine = new AtomicLong(System.nanoTime());

	private final AtomicLong refused = new AtomicLong();

	RefusalLog(String server) {
		this.server = server;
	}

	void refused(SocketAddress address, CloseReason reason) {
		this.refused.incrementAndGet();
		long now = System.nanoTime();
		long next = this.nextLine.get();
		if (now - next >= 0 && this.nextLine.compareAndSet(next, now + TimeUnit.SECONDS.toNanos(1))) {
			logger.warn("Server '%s' refused %d connections, the last from %s: %s".formatted(this.server,
					this.refused.getAndSet(0), SocketAddresses.format(address), reason));
		}
	}

}
