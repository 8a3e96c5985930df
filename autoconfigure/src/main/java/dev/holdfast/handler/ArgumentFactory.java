package dev.holdfast.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.util.Assert;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.codec.PayloadDecoder;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.connection.WebSocketMessage;

/**
 * Prepares the arguments of handler methods. Immutable.
 */
final class ArgumentFactory {

	private final PayloadConverter converter;

	private final List<HandlerArgumentResolver> resolvers;

	private final @Nullable Validator validator;

	ArgumentFactory(PayloadConverter converter, HandlerExtensions extensions) {
		this.converter = converter;
		this.resolvers = extensions.resolvers();
		this.validator = extensions.validator();
	}

	Argument[] create(HandlerMethod method, Class<? extends Annotation> event) {
		MethodParameter[] parameters = method.parameters();
		Argument[] arguments = new Argument[parameters.length];
		boolean payloadSeen = false;
		for (int i = 0; i < arguments.length; i++) {
			Argument argument = provided(method, parameters[i], event);
			if (argument == null) {
				check(!payloadSeen && takesPayload(event), method, parameters[i], payloadSeen);
				payloadSeen = true;
				argument = payload(method, parameters[i]);
			}
			arguments[i] = argument;
		}
		return arguments;
	}

	private boolean takesPayload(Class<? extends Annotation> event) {
		return event == OnMessage.class;
	}

	private void check(boolean resolvable, HandlerMethod method, MethodParameter parameter, boolean payloadSeen) {
		if (resolvable) {
			return;
		}
		String description = "Parameter %d of type %s of method %s cannot be resolved"
			.formatted(parameter.getParameterIndex() + 1, parameter.getParameterType().getSimpleName(), method);
		throw new InvalidHandlerException(
				payloadSeen ? description + ": another parameter is the payload already" : description,
				"Remove the parameter, or provide a HandlerArgumentResolver bean that supports it");
	}

	private @Nullable Argument provided(HandlerMethod method, MethodParameter parameter,
			Class<? extends Annotation> event) {
		for (HandlerArgumentResolver resolver : this.resolvers) {
			if (resolver.supportsParameter(parameter)) {
				return (context) -> resolver.resolveArgument(parameter, context);
			}
		}
		Class<?> type = parameter.getParameterType();
		if (parameter.hasParameterAnnotation(Route.class)) {
			return route(method, type);
		}
		ConnectionAttribute attribute = parameter.getParameterAnnotation(ConnectionAttribute.class);
		if (attribute != null) {
			return attribute(attribute.value(), type);
		}
		if (type == SocketConnection.class && event != OnHandshake.class) {
			return MessageContext::connection;
		}
		if (type == Handshake.class) {
			return (context) -> context.connection().handshake().orElse(null);
		}
		return eventArgument(parameter, event);
	}

	private @Nullable Argument eventArgument(MethodParameter parameter, Class<? extends Annotation> event) {
		Class<?> type = parameter.getParameterType();
		if (event == OnClose.class && type == CloseReason.class) {
			return MessageContext::closeReason;
		}
		if (event == OnError.class && Throwable.class.isAssignableFrom(type)) {
			return MessageContext::error;
		}
		return null;
	}

	private Argument route(HandlerMethod method, Class<?> type) {
		if (!type.isAssignableFrom(String.class)) {
			throw new InvalidHandlerException("Method %s wants the route as %s".formatted(method, type.getSimpleName()),
					"Make the type of its @Route parameter String");
		}
		return MessageContext::route;
	}

	private Argument attribute(String name, Class<?> type) {
		if (type == Optional.class) {
			return (context) -> Optional.ofNullable(context.connection().attributes().get(name));
		}
		return (context) -> {
			Object value = context.connection().attributes().get(name);
			Assert.state(value != null || !type.isPrimitive(), () -> "No attribute '%s'".formatted(name));
			return value;
		};
	}

	private Argument payload(HandlerMethod method, MethodParameter parameter) {
		Type type = GenericTypeResolver.resolveType(parameter.getGenericParameterType(), method.controllerType());
		if (type == WebSocketMessage.class) {
			return this::webSocketMessage;
		}
		PayloadDecoder decoder = this.converter.decoder(type);
		if (decoder == null) {
			throw new InvalidHandlerException(
					"Payload of method %s cannot be converted to %s".formatted(method, type.getTypeName()),
					"Add Jackson (spring-boot-starter-jackson), or set 'payload' to a PayloadCodec bean");
		}
		String typeName = parameter.getParameterType().getSimpleName();
		Argument payload = (context) -> decode(decoder, typeName, context);
		Object[] hints = validationHints(parameter);
		return (this.validator != null && hints != null) ? new ValidatedPayload(payload, this.validator, hints)
				: payload;
	}

	private WebSocketMessage webSocketMessage(MessageContext context) {
		ByteBuf payload = context.payload();
		return context.isText() ? WebSocketMessage.text(payload.toString(this.converter.charset()))
				: WebSocketMessage.binary(ByteBufUtil.getBytes(payload));
	}

	private static Object @Nullable [] validationHints(MethodParameter parameter) {
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				return hints;
			}
		}
		return null;
	}

	private static Object decode(PayloadDecoder decoder, String typeName, MessageContext context) {
		try {
			return decoder.decode(context.buffer(), context.offset(), context.length());
		}
		catch (Exception ex) {
			throw new PayloadException(typeName, ex);
		}
	}

}
