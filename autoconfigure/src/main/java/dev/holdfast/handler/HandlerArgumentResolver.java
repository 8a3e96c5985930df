package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;

/**
 * Strategy interface that can be implemented by beans wishing to provide arguments of
 * handler methods. Called on the event loop, so it must not block. Thread-safe.
 */
public interface HandlerArgumentResolver {

	/**
	 * Whether this resolver provides a parameter. Asked once, when the application
	 * starts.
	 * @param parameter the parameter
	 * @return whether it is supported
	 */
	boolean supportsParameter(MethodParameter parameter);

	/**
	 * Return the argument of a call.
	 * @param parameter the parameter
	 * @param context the connection and the message
	 * @return the argument or {@code null}
	 * @throws Exception if there is none, which fails the call
	 */
	@Nullable Object resolveArgument(MethodParameter parameter, MessageContext context) throws Exception;

}
