package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Looks from outside for handlers that hold an event loop for too long. Each is counted,
 * and logged once per place with the stack of the loop's thread. Used by one thread, but
 * for the counts, which any thread may read.
 */
final class Watchdog {

	private static final Log logger = LogFactory.getLog(Watchdog.class);

	private static final List<String> FRAMEWORK = List.of("java.", "jdk.", "sun.", "io.netty.", "reactor.",
			"org.springframework.", "dev.holdfast.handler.", "dev.holdfast.server.", "dev.holdfast.codec.");

	private static final int MAX_PLACES = 1000;

	private final long threshold;

	private final Map<ConnectionLoop, Long> reported = new WeakHashMap<>();

	private final Set<String> places = new HashSet<>();

	private final Map<String, Long> blocked = new ConcurrentHashMap<>();

	Watchdog(Duration threshold) {
		this.threshold = threshold.toNanos();
	}

	long blocked() {
		return this.blocked.values().stream().mapToLong(Long::longValue).sum();
	}

	long blocked(String server) {
		return this.blocked.getOrDefault(server, 0L);
	}

	void check(List<ConnectionLoop> loops, long now) {
		for (ConnectionLoop loop : loops) {
			long since = loop.busySince();
			Thread thread = loop.thread();
			if (thread != null && since != 0 && now - since > this.threshold
					&& !Long.valueOf(since).equals(this.reported.get(loop))) {
				StackTraceElement[] stack = thread.getStackTrace();
				String server = loop.busyServer();
				if (loop.busySince() == since) {
					this.reported.put(loop, since);
					this.blocked.merge(server, 1L, Long::sum);
					report(thread, stack, now - since);
				}
			}
		}
	}

	private void report(Thread thread, StackTraceElement[] stack, long nanos) {
		String place = place(stack);
		if (this.places.size() < MAX_PLACES && this.places.add(place)) {
			logger
				.warn("Handler holds event loop '%s' for %d ms and all its connections wait; mark it @Blocking: %s%n%s"
					.formatted(thread.getName(), nanos / 1_000_000, place,
							Arrays.stream(stack).map((frame) -> "\tat " + frame).collect(Collectors.joining("\n"))));
		}
	}

	private static String place(StackTraceElement[] stack) {
		return Arrays.stream(stack)
			.filter((frame) -> FRAMEWORK.stream().noneMatch(frame.getClassName()::startsWith))
			.findFirst()
			.map(StackTraceElement::toString)
			.orElse("unknown");
	}

}
