package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;

/**
 * Tells what a result of a handler method is. Thread-safe.
 */
@FunctionalInterface
interface ResultAdapter {

	/**
	 * Adapter of results that are replies as they are.
	 */
	ResultAdapter DIRECT = (result) -> result;

	/**
	 * Return the reply if it is there already.
	 * @param result what the method returned
	 * @return the reply, {@code null} for none, or a {@link Pending} one
	 * @throws Throwable if the result is a failure
	 */
	@Nullable Object adapt(@Nullable Object result) throws Throwable;

}
