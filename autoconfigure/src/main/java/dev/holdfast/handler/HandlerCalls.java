package dev.holdfast.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Prepares the calls of the annotated methods of some controllers. Immutable.
 *
 * @param controllers the controllers in their order
 * @param arguments prepares arguments
 * @param results chooses what is done with results
 * @param blocking whether all methods may block
 */
record HandlerCalls(List<Object> controllers, ArgumentFactory arguments, ResultAdapters results, boolean blocking) {

	List<HandlerCall> of(Class<? extends Annotation> event) {
		return methods(event).keySet().stream().map((method) -> create(method, event)).toList();
	}

	HandlerCall create(HandlerMethod method, Class<? extends Annotation> event) {
		return new HandlerCall(method, this.arguments.create(method, event), this.results.of(method), mode(method));
	}

	private BlockingMode mode(HandlerMethod method) {
		@Nullable Blocking annotation = AnnotatedElementUtils.findMergedAnnotation(method.method(), Blocking.class);
		if (annotation == null) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(method.controllerType(), Blocking.class);
		}
		if (annotation != null) {
			return annotation.interrupt() ? BlockingMode.INTERRUPTIBLE : BlockingMode.BLOCKING;
		}
		return this.blocking ? BlockingMode.BLOCKING : BlockingMode.EVENT_LOOP;
	}

	<A extends Annotation> Map<HandlerMethod, A> methods(Class<A> event) {
		Map<HandlerMethod, A> methods = new LinkedHashMap<>();
		for (Object controller : this.controllers) {
			Map<Method, A> found = MethodIntrospector.selectMethods(HandlerMethod.type(controller),
					(MethodIntrospector.MetadataLookup<A>) (method) -> AnnotatedElementUtils
						.findMergedAnnotation(method, event));
			found.forEach((method, annotation) -> methods.put(new HandlerMethod(controller, method), annotation));
		}
		return methods;
	}

}
