package dev.holdfast.capacity;

import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

import dev.holdfast.server.SocketAddresses;
import dev.holdfast.server.SocketServer;

/**
 * Logs where servers listen and how many connections they can take, and warns once when
 * that is few, or fewer than the configuration asks for. Thread-safe.
 */
public final class CapacityLog {

	private static final Log logger = LogFactory.getLog(CapacityLog.class);

	private final CapacityEstimator estimator;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create a new {@link CapacityLog}.
	 * @param estimator the estimator of the capacity
	 */
	public CapacityLog(CapacityEstimator estimator) {
		Assert.notNull(estimator, "'estimator' must not be null");
		this.estimator = estimator;
	}

	/**
	 * Log one line about a server that has started, and what is wrong when it is the
	 * first.
	 * @param server the server
	 */
	public void started(SocketServer server) {
		Capacity capacity = this.estimator.estimate();
		ServerCapacity own = capacity.servers().get(server.name());
		if (own == null) {
			return;
		}
		SocketAddress address = server.address();
		logger.info(String.format(Locale.ROOT, "Server '%s' listens on %s and can take %,d connections, limited by %s",
				server.name(), SocketAddresses.format((address != null) ? address : server.definition().address()),
				own.connections(), own.bindingLimit()));
		if (this.warned.compareAndSet(false, true)) {
			capacity.findings().stream().filter(CapacityLog::matters).forEach(CapacityLog::warn);
		}
	}

	private static boolean matters(Finding finding) {
		return finding.subject().equals("connections") || finding.subject().startsWith("holdfast.");
	}

	private static void warn(Finding finding) {
		logger.warn("%s: %s. To mend it: %s".formatted(finding.subject(), finding.message(), finding.cure()));
	}

}
