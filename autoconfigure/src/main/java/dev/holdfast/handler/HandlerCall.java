package dev.holdfast.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * A handler method that is ready to be called: its method handle, bound to the
 * controller, and the arguments. Immutable.
 */
final class HandlerCall {

	private final Object controller;

	private final Method method;

	private final MethodHandle handle;

	private final Argument[] arguments;

	HandlerCall(Object controller, Method method, Argument[] arguments) {
		this.controller = controller;
		this.method = method;
		this.arguments = arguments;
		this.handle = handle(controller, method);
	}

	private static MethodHandle handle(Object controller, Method method) {
		try {
			ReflectionUtils.makeAccessible(method);
			MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(controller);
			int count = method.getParameterCount();
			return (count <= 3) ? handle.asType(MethodType.genericMethodType(count))
					: handle.asSpreader(Object[].class, count)
						.asType(MethodType.methodType(Object.class, Object[].class));
		}
		catch (IllegalAccessException ex) {
			throw new InvalidHandlerException("Method %s cannot be called".formatted(method),
					"Make the method and its class accessible");
		}
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
			default -> (Object) this.handle.invokeExact(resolveAll(context));
		};
	}

	private @Nullable Object[] resolveAll(MessageContext context) throws Exception {
		@Nullable Object[] values = new Object[this.arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments[i].resolve(context);
		}
		return values;
	}

	Object controller() {
		return this.controller;
	}

	@Override
	public String toString() {
		return this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName();
	}

}
