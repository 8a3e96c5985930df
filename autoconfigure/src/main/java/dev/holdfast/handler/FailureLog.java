package dev.holdfast.handler;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.ClientText;

/**
 * Logs failed calls, once per method, exception type and minute. Thread-safe.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(ServerHandlers.class);

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private static final int MAX_ENTRIES = 1000;

	private final Map<Entry, Long> logged = new ConcurrentHashMap<>();

	private final LongSupplier nanoTime;

	FailureLog() {
		this(System::nanoTime);
	}

	FailureLog(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	void failed(String server, @Nullable HandlerCall call, Throwable error) {
		if (isLogged(call, error)) {
			logger.warn(message(server, call), ClientText.loggable(error));
		}
	}

	/**
	 * Log a failure that another method handles, without its stack trace.
	 * @param server the name of the server
	 * @param call the method that failed
	 * @param error the error
	 * @param handler the method that handles it
	 */
	void handled(String server, @Nullable HandlerCall call, Throwable error, HandlerCall handler) {
		if (isLogged(call, error)) {
			logger
				.warn("%s, which %s handles: %s".formatted(message(server, call), handler, ClientText.loggable(error)));
		}
	}

	private boolean isLogged(@Nullable HandlerCall call, Throwable error) {
		return logger.isDebugEnabled() || isDue(new Entry(String.valueOf(call), error.getClass()));
	}

	private static String message(String server, @Nullable HandlerCall call) {
		return "Handling on server '%s' failed in %s".formatted(server, (call != null) ? call : "no method");
	}

	private boolean isDue(Entry entry) {
		long now = this.nanoTime.getAsLong();
		Long last = this.logged.get(entry);
		if (last != null && now - last < INTERVAL) {
			return false;
		}
		if (last == null && this.logged.size() >= MAX_ENTRIES) {
			return false;
		}
		return (last != null) ? this.logged.replace(entry, last, now) : this.logged.putIfAbsent(entry, now) == null;
	}

	/**
	 * What is logged once a minute. Immutable.
	 *
	 * @param method the name of the method
	 * @param type the exception type
	 */
	private record Entry(String method, Class<?> type) {

	}

}
