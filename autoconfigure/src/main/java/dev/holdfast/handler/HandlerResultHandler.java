package dev.holdfast.handler;

import org.springframework.core.MethodParameter;

/**
 * Strategy interface that can be implemented by beans wishing to turn what handler
 * methods return into replies. Asked before the types that are known anyway. Thread-safe.
 */
public interface HandlerResultHandler {

	/**
	 * Whether this handler takes what a method returns. Asked once, when the application
	 * starts.
	 * @param returnType the return type of the method
	 * @return whether it is supported
	 */
	boolean supportsReturnType(MethodParameter returnType);

	/**
	 * Turn a result into replies. {@link Exchange#complete()} must be called in the end,
	 * on any thread, unless this method throws.
	 * @param result what the method returned
	 * @param returnType the return type of the method
	 * @param exchange takes the replies
	 * @throws Exception if the result cannot be handled, which fails the call
	 */
	void handleResult(Object result, MethodParameter returnType, Exchange exchange) throws Exception;

}
