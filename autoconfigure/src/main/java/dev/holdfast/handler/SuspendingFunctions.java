package dev.holdfast.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.core.CoroutinesUtils;

/**
 * Calls Kotlin suspending functions, whose result is then a publisher.
 */
final class SuspendingFunctions {

	private SuspendingFunctions() {
	}

	static MethodHandle handle(HandlerMethod handler, int count) throws IllegalAccessException {
		try {
			MethodHandle invoke = MethodHandles.lookup()
				.findStatic(SuspendingFunctions.class, "invoke",
						MethodType.methodType(Object.class, Method.class, Object.class, Object[].class));
			MethodHandle bound = MethodHandles.insertArguments(invoke, 0, handler.invocable(), handler.controller());
			return (count <= 3) ? bound.asCollector(Object[].class, count).asType(MethodType.genericMethodType(count))
					: bound;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unused")
	private static Object invoke(Method method, Object controller, @Nullable Object[] arguments) {
		@Nullable Object[] withContinuation = Arrays.copyOf(arguments, arguments.length + 1);
		return CoroutinesUtils.invokeSuspendingFunction(method, controller, withContinuation);
	}

}
