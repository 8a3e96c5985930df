package dev.holdfast.handler;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The methods that take exceptions, of all controllers of a server. Immutable.
 */
final class ErrorHandlers {

	private static final int MAX_CAUSES = 100;

	private final List<Entry> entries;

	ErrorHandlers(List<Entry> entries) {
		this.entries = List.copyOf(entries);
	}

	/**
	 * Find the method for an exception or, failing that, for its causes.
	 * @param error the exception
	 * @param controller the controller whose method threw it or {@code null}
	 * @return the method and the exception that it takes
	 */
	@Nullable Match find(Throwable error, @Nullable Object controller) {
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			Entry entry = closest(cause, controller);
			if (entry != null) {
				return new Match(entry.call(), cause);
			}
			cause = cause.getCause();
		}
		return null;
	}

	private @Nullable Entry closest(Throwable error, @Nullable Object controller) {
		return this.entries.stream()
			.filter((entry) -> entry.type().isInstance(error))
			.min(Comparator.comparing((Entry entry) -> entry.call().controller() != controller)
				.thenComparing((entry) -> distance(error.getClass(), entry.type())))
			.orElse(null);
	}

	private static int distance(Class<?> type, Class<?> ancestor) {
		int distance = 0;
		for (Class<?> current = type; current != ancestor && current != null; current = current.getSuperclass()) {
			distance++;
		}
		return distance;
	}

	/**
	 * A method and one exception type that it takes. Immutable.
	 *
	 * @param type the exception type
	 * @param call the method
	 */
	record Entry(Class<? extends Throwable> type, HandlerCall call) {

	}

	/**
	 * The method that was found. Immutable.
	 *
	 * @param call the method
	 * @param error the exception that it takes
	 */
	record Match(HandlerCall call, Throwable error) {

	}

}
