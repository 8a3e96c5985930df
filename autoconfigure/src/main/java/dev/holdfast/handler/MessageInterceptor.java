package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;

/**
 * Callback interface that can be implemented by beans wishing to wrap the handling of
 * each message. Interceptors are called in their order before, and in the reverse order
 * after. What one of them leaves in {@link MessageContext#attributes()} is there for its
 * later calls. Called on the thread that calls the handler method, but for
 * {@link #after}.
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
	 * Called once the handling has ended, on any thread.
	 * @param context the connection and the message, whose payload is gone if its result
	 * came later
	 * @param error why it failed or {@code null}
	 */
	default void after(MessageContext context, @Nullable Throwable error) {
	}

}
