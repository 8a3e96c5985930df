package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;

/**
 * Provides one argument of a prepared call. Thread-safe.
 */
@FunctionalInterface
interface Argument {

	@Nullable Object resolve(MessageContext context) throws Exception;

}
