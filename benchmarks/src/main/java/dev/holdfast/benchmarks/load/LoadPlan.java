package dev.holdfast.benchmarks.load;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What load is put on which server. Immutable.
 *
 * @param kind the kind of load
 * @param port the port of the server on the loopback interface
 * @param pid the process of the server, whose CPU time is measured, or 0
 * @param connections the number of connections
 * @param depth the number of requests in flight on each connection
 * @param message the name of the messages, {@code line} or {@code json}
 * @param size the bytes of a line without its end
 * @param rate messages per second of an open loop
 * @param warmup seconds before the measurement
 * @param seconds seconds of the measurement
 * @param sources the number of loopback addresses to connect from
 * @param tls whether connections are encrypted
 * @param database the first process of the database, whose CPU time is measured with that
 * of its children, or 0
 */
record LoadPlan(Kind kind, int port, long pid, int connections, int depth, String message, int size, double rate,
		double warmup, double seconds, int sources, boolean tls, long database) {

	static LoadPlan parse(String... arguments) {
		Map<String, String> values = new HashMap<>();
		for (String argument : arguments) {
			int equals = argument.indexOf('=');
			if (equals < 0) {
				throw new IllegalArgumentException("'%s' is not key=value".formatted(argument));
			}
			values.put(argument.substring(0, equals), argument.substring(equals + 1));
		}
		Values plan = new Values(values);
		Kind kind = Kind.valueOf(plan.text("kind", "closed").toUpperCase(Locale.ROOT));
		return new LoadPlan(kind, (int) plan.number("port", 0), (long) plan.number("pid", 0),
				(int) plan.number("connections", 100), (int) plan.number("depth", 1), plan.text("message", "line"),
				(int) plan.number("size", 32), plan.number("rate", 1000), plan.number("warmup", 1),
				plan.number("seconds", 3), (int) plan.number("sources", 8), "true".equals(plan.text("tls", "")),
				(long) plan.number("database", 0));
	}

	LinePattern pattern() {
		return switch (this.message) {
			case "line" -> LinePattern.text(this.size);
			case "json" -> LinePattern.json();
			default -> throw new IllegalArgumentException("Unknown message '%s'".formatted(this.message));
		};
	}

	/**
	 * The kinds of load. Immutable.
	 */
	enum Kind {

		/**
		 * Each reply triggers the next request: as many as the server can answer.
		 */
		CLOSED,

		/**
		 * Each row triggers the next query.
		 */
		QUERY,

		/**
		 * Requests have times at which they are due, whether replies come or not.
		 */
		OPEN,

		/**
		 * Each connection receives what the server pushes to all.
		 */
		BROADCAST,

		/**
		 * Connections are opened, used once and closed.
		 */
		CONNECT,

		/**
		 * Connections are opened and kept, idle.
		 */
		HOLD,

		/**
		 * The connections that are kept are closed.
		 */
		DROP

	}

	/**
	 * Values by key. Immutable.
	 *
	 * @param values the values
	 */
	private record Values(Map<String, String> values) {

		String text(String key, String fallback) {
			return this.values.getOrDefault(key, fallback);
		}

		double number(String key, double fallback) {
			String value = this.values.get(key);
			return (value != null) ? Double.parseDouble(value) : fallback;
		}

	}

}
