package dev.holdfast.handler;

import java.util.List;
import java.util.ListIterator;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

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
			for (MessageInterceptor interceptor : this.interceptors) {
				interceptor.before(context);
			}
			return call.invoke();
		}
		finally {
			reversed((interceptor) -> interceptor.returned(context));
		}
	}

	void after(MessageContext context, @Nullable Throwable error) {
		if (!isEmpty()) {
			reversed((interceptor) -> interceptor.after(context, error));
		}
	}

	private void reversed(Consumer<MessageInterceptor> action) {
		ListIterator<MessageInterceptor> iterator = this.interceptors.listIterator(this.interceptors.size());
		while (iterator.hasPrevious()) {
			MessageInterceptor interceptor = iterator.previous();
			try {
				action.accept(interceptor);
			}
			catch (RuntimeException ex) {
				logger.warn("Interceptor %s failed".formatted(interceptor.getClass().getName()), ex);
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
