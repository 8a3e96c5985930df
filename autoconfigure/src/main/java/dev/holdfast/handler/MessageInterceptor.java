package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;

/**
 * Callback interface that can be implemented by beans wishing to wrap the handling of
 * each message. Interceptors are called in their order before, and in the reverse order
 * after; when {@link #before} of one of them throws, {@link #returned} and {@link #after}
 * are called only for those before it. What one of them leaves in
 * {@link MessageContext#attributes()} is there for its later calls. Called on the thread
 * that calls the handler method, but for {@link #after}. Thread-safe.
 */
public interface MessageInterceptor {

	/**
	 * Called before the handler method. Its arguments are not resolved yet on an event
	 * loop, but are for a {@link Blocking @Blocking} method.
	 * @param context the connection and the message
	 * @throws Exception to fail the message instead of handling it
	 */
	default void before(MessageContext context) throws Exception {
	}

	/**
	 * Called when the handler method has returned or thrown, whether or not its result is
	 * there yet.
	 * @param context the connection and the message
	 */
	default void returned(MessageContext context) {
	}

	/**
	 * Called exactly once when the handling has ended, on any thread. It has ended when
	 * the last reply was queued, when it failed, or when the connection closed while the
	 * result was not there yet.
	 * @param context the connection and the message, whose payload is gone if its result
	 * came later
	 * @param error why it failed or {@code null}; a
	 * {@link dev.holdfast.connection.ConnectionClosedException} when nobody waits for the
	 * result any more
	 */
	default void after(MessageContext context, @Nullable Throwable error) {
	}

}
