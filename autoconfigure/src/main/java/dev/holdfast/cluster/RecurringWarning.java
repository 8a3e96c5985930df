package dev.holdfast.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * A warning that is logged at most once a minute. Thread-safe.
 */
final class RecurringWarning {

	private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

	private final Log logger;

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	RecurringWarning(Log logger) {
		this.logger = logger;
	}

	void log(String message, @Nullable Throwable cause) {
		long now = System.nanoTime();
		long next = this.next.get();
		if (now - next >= 0 && this.next.compareAndSet(next, now + PERIOD)) {
			this.logger.warn(message, cause);
		}
	}

}
