package dev.holdfast.handler;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.reactivestreams.Publisher;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedMethod;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.SocketConnection;

/**
 * {@link ReflectiveProcessor} for handler methods: they are called by reflection, and
 * payloads and replies are bound to JSON. Thread-safe.
 */
class HandlerReflectiveProcessor implements ReflectiveProcessor {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Method method) {
			hints.registerMethod(method, ExecutableMode.INVOKE);
			for (MethodParameter parameter : new AnnotatedMethod(method).getMethodParameters()) {
				if (isPayload(parameter)) {
					this.bindings.registerReflectionHints(hints, parameter.getGenericParameterType());
				}
			}
			registerReply(hints, ResolvableType.forMethodParameter(new MethodParameter(method, -1)));
		}
	}

	private static boolean isPayload(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		return type != SocketConnection.class && type != Handshake.class && type != CloseReason.class
				&& !Throwable.class.isAssignableFrom(type) && !isOfFramework(type)
				&& !parameter.hasParameterAnnotation(Route.class)
				&& !parameter.hasParameterAnnotation(ConnectionAttribute.class);
	}

	private static boolean isOfFramework(Class<?> type) {
		return type.getName().startsWith("io.netty.") || type.getName().startsWith("kotlin.coroutines.");
	}

	private void registerReply(ReflectionHints hints, ResolvableType type) {
		Class<?> resolved = type.resolve(Object.class);
		if (isWrapper(resolved)) {
			for (ResolvableType generic : type.getGenerics()) {
				registerReply(hints, generic);
			}
		}
		else if (resolved != void.class && resolved != Void.class && !isOfFramework(resolved)) {
			Type reply = type.getType();
			this.bindings.registerReflectionHints(hints, reply);
		}
	}

	private static boolean isWrapper(Class<?> type) {
		return Publisher.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)
				|| Future.class.isAssignableFrom(type) || type == Optional.class
				|| type.getName().equals("kotlinx.coroutines.flow.Flow");
	}

}
