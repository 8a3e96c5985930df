package dev.holdfast.handler;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;

/**
 * An annotated method of a controller. Immutable.
 *
 * @param controller the bean
 * @param method the method as the class of the bean declares it
 */
record HandlerMethod(Object controller, Method method) {

	MethodParameter[] parameters() {
		int count = this.method.getParameterCount() - (isSuspending() ? 1 : 0);
		return Arrays.stream(new AnnotatedMethod(this.method).getMethodParameters())
			.limit(count)
			.map((parameter) -> parameter.withContainingClass(controllerType()))
			.toArray(MethodParameter[]::new);
	}

	MethodParameter returnType() {
		return new MethodParameter(this.method, -1).withContainingClass(controllerType());
	}

	boolean isSuspending() {
		return KotlinDetector.isSuspendingFunction(this.method);
	}

	Class<?> controllerType() {
		return type(this.controller);
	}

	static Class<?> type(Object controller) {
		return ClassUtils.getUserClass(AopUtils.getTargetClass(controller));
	}

	/**
	 * Return the method by which the bean is called, which is that of its proxy if it has
	 * one.
	 * @return the method
	 */
	Method invocable() {
		try {
			return AopUtils.selectInvocableMethod(this.method, this.controller.getClass());
		}
		catch (IllegalStateException ex) {
			throw new InvalidHandlerException(
					"Method %s cannot be called through the proxy of its bean".formatted(this),
					"Do not make the method private, and declare it in an interface or let Spring proxy the class");
		}
	}

	@Override
	public String toString() {
		return "'%s.%s'".formatted(controllerType().getSimpleName(), this.method.getName());
	}

}
