package dev.holdfast.handler;

import java.lang.reflect.Method;
import java.util.stream.IntStream;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.util.ClassUtils;

/**
 * An annotated method of a controller. Immutable.
 *
 * @param controller the bean
 * @param method the method
 */
record HandlerMethod(Object controller, Method method) {

	MethodParameter[] parameters() {
		int count = this.method.getParameterCount() - (isSuspending() ? 1 : 0);
		return IntStream.range(0, count)
			.mapToObj((index) -> new MethodParameter(this.method, index).withContainingClass(controllerType()))
			.toArray(MethodParameter[]::new);
	}

	MethodParameter returnType() {
		return new MethodParameter(this.method, -1).withContainingClass(controllerType());
	}

	boolean isSuspending() {
		return KotlinDetector.isSuspendingFunction(this.method);
	}

	Class<?> controllerType() {
		return ClassUtils.getUserClass(this.controller);
	}

	@Override
	public String toString() {
		return "'%s.%s'".formatted(controllerType().getSimpleName(), this.method.getName());
	}

}
