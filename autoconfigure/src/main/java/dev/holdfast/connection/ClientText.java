package dev.holdfast.connection;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a client sent, made fit for a log: it can neither begin a line nor steer a
 * terminal. Thread-safe.
 */
public final class ClientText {

	private static final int MAX_LENGTH = 1000;

	private ClientText() {
	}

	/**
	 * Return a text that may be logged. Control characters, line separators, characters
	 * that turn the direction of text and lone surrogates become {@code \\uXXXX}; what is
	 * beyond 1,000 characters is left out. Thread-safe.
	 * @param text the text of a client or {@code null}
	 * @return the text on one line
	 */
	public static String loggable(@Nullable CharSequence text) {
		String all = String.valueOf(text);
		String shown = (all.length() > MAX_LENGTH) ? all.substring(0, MAX_LENGTH) : all;
		if (shown.chars().noneMatch(ClientText::isUnfit)) {
			return (shown.length() == all.length()) ? all : shown + "...";
		}
		StringBuilder escaped = new StringBuilder(shown.length() + 16);
		shown.chars().forEach((character) -> append(escaped, character));
		return (shown.length() == all.length()) ? escaped.toString() : escaped.append("...").toString();
	}

	private static void append(StringBuilder out, int character) {
		if (isUnfit(character)) {
			out.append("\\u%04x".formatted(character));
		}
		else {
			out.append((char) character);
		}
	}

	private static boolean isUnfit(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
			default -> false;
		};
	}

	/**
	 * Return an error that may be logged, because its messages may quote a client:
	 * itself, or a copy if one of its messages is not fit. Thread-safe.
	 * @param error the error
	 * @return the error or a copy with the same stack
	 */
	public static Throwable loggable(Throwable error) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		return isFit(error, seen) ? error : new LoggableError(error, 0);
	}

	private static boolean isFit(@Nullable Throwable error, Set<Throwable> seen) {
		if (error == null || !seen.add(error)) {
			return true;
		}
		if (!isFit(text(error))) {
			return false;
		}
		for (Throwable suppressed : error.getSuppressed()) {
			if (!isFit(suppressed, seen)) {
				return false;
			}
		}
		return isFit(error.getCause(), seen);
	}

	private static boolean isFit(String text) {
		return text.length() <= MAX_LENGTH && text.chars().noneMatch(ClientText::isUnfit);
	}

	private static String text(Throwable error) {
		try {
			return String.valueOf(error);
		}
		catch (Throwable ex) {
			return error.getClass().getName() + "\n";
		}
	}

	/**
	 * An error whose message is fit. Its stack is that of the original.
	 */
	private static final class LoggableError extends Exception {

		private static final int MAX_CAUSES = 20;

		LoggableError(Throwable original, int depth) {
			super(loggable(text(original).stripTrailing()), cause(original, depth));
			setStackTrace(original.getStackTrace());
		}

		private static @Nullable Throwable cause(Throwable original, int depth) {
			Throwable cause = original.getCause();
			return (cause != null && depth < MAX_CAUSES) ? new LoggableError(cause, depth + 1) : null;
		}

		@Override
		public String toString() {
			return String.valueOf(getMessage());
		}

	}

}
