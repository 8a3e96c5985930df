package dev.holdfast.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * A handler method that is ready to be called: its method handle, bound to the
 * controller, the arguments and what is done with the result. Immutable.
 */
final class HandlerCall {

	private static final int MAX_DIRECT_ARGUMENTS = 3;

	private final HandlerMethod method;

	private final MethodHandle handle;

	private final Argument[] arguments;

	private final ResultAdapter results;

	private final BlockingMode blocking;

	HandlerCall(HandlerMethod method, Argument[] arguments, ResultAdapter results, BlockingMode blocking) {
		this.method = method;
		this.arguments = arguments;
		this.results = results;
		this.blocking = blocking;
		this.handle = handle(method, arguments.length);
	}

	private static MethodHandle handle(HandlerMethod handler, int count) {
		try {
			if (handler.isSuspending()) {
				return SuspendingFunctions.handle(handler, count);
			}
			Method method = handler.invocable();
			ReflectionUtils.makeAccessible(method);
			MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
			return generic(Modifier.isStatic(method.getModifiers()) ? handle : handle.bindTo(handler.controller()),
					count);
		}
		catch (IllegalAccessException ex) {
			throw new InvalidHandlerException("Method %s cannot be called".formatted(handler),
					"Make the method and its class accessible");
		}
	}

	private static MethodHandle generic(MethodHandle handle, int count) {
		return (count <= MAX_DIRECT_ARGUMENTS) ? handle.asType(MethodType.genericMethodType(count))
				: handle.asSpreader(Object[].class, count).asType(MethodType.methodType(Object.class, Object[].class));
	}

	@Nullable Object invoke(MessageContext context) throws Throwable {
		Argument[] arguments = this.arguments;
		return switch (arguments.length) {
			case 0 -> (Object) this.handle.invokeExact();
			case 1 -> (Object) this.handle.invokeExact((Object) arguments[0].resolve(context));
			case 2 -> (Object) this.handle.invokeExact((Object) arguments[0].resolve(context),
					(Object) arguments[1].resolve(context));
			case 3 -> (Object) this.handle.invokeExact((Object) arguments[0].resolve(context),
					(Object) arguments[1].resolve(context), (Object) arguments[2].resolve(context));
			default -> (Object) this.handle.invokeExact(resolve(context));
		};
	}

	/**
	 * Resolve the arguments for a later call.
	 * @param context the connection and the message
	 * @return the arguments
	 * @throws Exception if one cannot be resolved
	 */
	@Nullable Object[] resolve(MessageContext context) throws Exception {
		@Nullable Object[] values = new Object[this.arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments[i].resolve(context);
		}
		return values;
	}

	@Nullable Object invokeWith(@Nullable Object[] values) throws Throwable {
		return (values.length <= MAX_DIRECT_ARGUMENTS) ? this.handle.invokeWithArguments(values)
				: (Object) this.handle.invokeExact(values);
	}

	Object controller() {
		return this.method.controller();
	}

	ResultAdapter results() {
		return this.results;
	}

	BlockingMode blocking() {
		return this.blocking;
	}

	@Override
	public String toString() {
		return this.method.controllerType().getSimpleName() + "." + this.method.method().getName();
	}

}
