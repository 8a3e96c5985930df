package dev.holdfast.handler;

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.ClientText;

/**
 * Calls interceptors, in their order before and in the reverse order after. Immutable.
 */
final class Interceptors {

	private static final Log logger = LogFactory.getLog(MessageInterceptor.class);

	private final List<MessageInterceptor> interceptors;

	Interceptors(List<MessageInterceptor> interceptors) {
		this.interceptors = List.copyOf(interceptors);
	}

	boolean isEmpty() {
		return this.interceptors.isEmpty();
	}

	MessageContext own(MessageContext context) {
		return isEmpty() ? context : context.own();
	}

	/**
	 * Call a handler method with its interceptors around.
	 * @param context the connection and the message
	 * @param call the call
	 * @return what the call returns
	 * @throws Throwable what an interceptor or the call throws
	 */
	@Nullable Object around(MessageContext context, Call call) throws Throwable {
		if (isEmpty()) {
			return call.invoke();
		}
		try {
			before(context);
			return call.invoke();
		}
		finally {
			reversed(context, (interceptor) -> interceptor.returned(context));
		}
	}

	private void before(MessageContext context) throws Exception {
		for (MessageInterceptor interceptor : this.interceptors) {
			interceptor.before(context);
			context.intercepted(context.intercepted() + 1);
		}
	}

	/**
	 * Tell interceptors that the handling has ended. A second call for the same message
	 * has no effect.
	 * @param context the connection and the message
	 * @param error why it failed or {@code null}
	 */
	void after(MessageContext context, @Nullable Throwable error) {
		reversed(context, (interceptor) -> interceptor.after(context, error));
		context.intercepted(0);
	}

	private void reversed(MessageContext context, Consumer<MessageInterceptor> action) {
		for (int i = context.intercepted() - 1; i >= 0; i--) {
			MessageInterceptor interceptor = this.interceptors.get(i);
			try {
				action.accept(interceptor);
			}
			catch (Throwable ex) {
				logger.warn("Interceptor %s failed".formatted(interceptor.getClass().getName()),
						ClientText.loggable(ex));
			}
		}
	}

	/**
	 * A call of a handler method.
	 */
	@FunctionalInterface
	interface Call {

		@Nullable Object invoke() throws Throwable;

	}

}
