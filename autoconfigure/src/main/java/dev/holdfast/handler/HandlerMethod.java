package dev.holdfast.handler;

import java.lang.reflect.Method;
import java.util.stream.IntStream;

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
		return IntStream.range(0, this.method.getParameterCount())
			.mapToObj((index) -> new MethodParameter(this.method, index))
			.toArray(MethodParameter[]::new);
	}

	Class<?> controllerType() {
		return ClassUtils.getUserClass(this.controller);
	}

	@Override
	public String toString() {
		return "'%s.%s'".formatted(controllerType().getSimpleName(), this.method.getName());
	}

}
