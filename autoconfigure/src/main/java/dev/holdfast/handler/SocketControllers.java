package dev.holdfast.handler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.util.Assert;

import dev.holdfast.codec.PayloadConverter;

/**
 * The {@link SocketController @SocketController} beans of an application, from which the
 * handlers of each server are prepared. Immutable.
 */
public final class SocketControllers {

	static final String NO_ROUTE = "";

	private final List<Object> controllers;

	private final HandlerExtensions extensions;

	/**
	 * Create new {@link SocketControllers}.
	 * @param controllers the beans
	 * @param extensions what the application adds to the calling of handlers
	 */
	public SocketControllers(Collection<?> controllers, HandlerExtensions extensions) {
		this.controllers = new ArrayList<>(controllers);
		AnnotationAwareOrderComparator.sort(this.controllers);
		this.extensions = extensions;
	}

	/**
	 * Check that each controller names servers that exist.
	 * @param servers the names of all servers
	 * @throws InvalidHandlerException if one does not
	 */
	public void verify(Set<String> servers) {
		for (Object controller : this.controllers) {
			for (String server : servers(controller)) {
				if (!servers.contains(server)) {
					throw new InvalidHandlerException(
							"Controller '%s' names the server '%s', which does not exist"
								.formatted(HandlerMethod.type(controller).getName(), server),
							"Use one of the servers %s, or configure 'holdfast.servers.%s.port'".formatted(servers,
									server));
				}
			}
		}
	}

	/**
	 * Prepare the handlers of a server.
	 * @param server the name of the server
	 * @param converter the converter of its payloads
	 * @param router the router of its messages or {@code null}
	 * @param blocking whether all methods may block
	 * @return the handlers
	 * @throws InvalidHandlerException if a method cannot work
	 */
	public ServerHandlers handlers(String server, PayloadConverter converter, @Nullable MessageRouter router,
			boolean blocking) {
		return handlers(server, converter, router, blocking, false);
	}

	/**
	 * Prepare the handlers of a server that may speak WebSocket.
	 * @param server the name of the server
	 * @param converter the converter of its payloads
	 * @param router the router of its messages or {@code null}
	 * @param blocking whether all methods may block
	 * @param webSocket whether clients upgrade to WebSocket
	 * @return the handlers
	 * @throws InvalidHandlerException if a method cannot work
	 */
	public ServerHandlers handlers(String server, PayloadConverter converter, @Nullable MessageRouter router,
			boolean blocking, boolean webSocket) {
		List<Object> controllers = this.controllers.stream().filter((bean) -> serves(bean, server)).toList();
		HandlerCalls calls = new HandlerCalls(controllers, new ArgumentFactory(converter, this.extensions),
				new ResultAdapters(this.extensions.results()), blocking);
		Map<String, HandlerCall> routes = messages(server, calls, router != null);
		ServerHandlers.Calls prepared = new ServerHandlers.Calls(Map.copyOf(routes), routes.get(NO_ROUTE),
				handshake(server, calls, webSocket), calls.of(OnOpen.class), calls.of(OnWritable.class),
				calls.of(OnClose.class), errors(calls));
		return new ServerHandlers(server, router, prepared, new Interceptors(this.extensions.interceptors()),
				this.extensions.executor());
	}

	private @Nullable HandlerCall handshake(String server, HandlerCalls calls, boolean webSocket) {
		HandlerMethod found = null;
		for (HandlerMethod method : calls.methods(OnHandshake.class).keySet()) {
			if (!webSocket && servers(method.controller()).contains(server)) {
				throw new InvalidHandlerException(
						"Method %s is @OnHandshake, but server '%s' does not speak WebSocket".formatted(method, server),
						"Set 'holdfast.servers.%s.transport' to 'websocket', or use @OnOpen".formatted(server));
			}
			if (webSocket && found != null) {
				throw new InvalidHandlerException(
						"Methods %s and %s are both @OnHandshake of server '%s'".formatted(found, method, server),
						"Keep one of them, or name other servers in @SocketController");
			}
			found = method;
		}
		return (webSocket && found != null) ? calls.create(found, OnHandshake.class) : null;
	}

	private Map<String, HandlerCall> messages(String server, HandlerCalls calls, boolean routed) {
		Map<String, HandlerCall> messages = new HashMap<>();
		Map<String, HandlerMethod> claims = new HashMap<>();
		calls.methods(OnMessage.class).forEach((method, annotation) -> {
			HandlerCall call = calls.create(method, OnMessage.class);
			for (String route : routes(annotation)) {
				check(server, method, route, routed);
				HandlerMethod other = claims.putIfAbsent(route, method);
				check(server, method, route, other);
				messages.put(route, call);
			}
		});
		return messages;
	}

	private String[] routes(OnMessage annotation) {
		return (annotation.value().length > 0) ? annotation.value() : new String[] { NO_ROUTE };
	}

	private void check(String server, HandlerMethod method, String route, boolean routed) {
		if (!routed && !route.equals(NO_ROUTE) && servers(method.controller()).contains(server)) {
			throw new InvalidHandlerException(
					"Method %s takes the route '%s', but server '%s' finds no routes in its messages".formatted(method,
							route, server),
					("Set 'holdfast.servers.%1$s.route.json-field' or 'holdfast.servers.%1$s.route.delimiter',"
							+ " or provide a MessageRouter bean")
						.formatted(server));
		}
	}

	private void check(String server, HandlerMethod method, String route, @Nullable HandlerMethod other) {
		if (other != null) {
			String what = route.equals(NO_ROUTE) ? "messages without a route" : "the route '%s'".formatted(route);
			throw new InvalidHandlerException(
					"Methods %s and %s both take %s of server '%s'".formatted(other, method, what, server),
					"Give each method its own route, or name other servers in @SocketController");
		}
	}

	private List<ErrorHandlers.Entry> errors(HandlerCalls calls) {
		List<ErrorHandlers.Entry> entries = new ArrayList<>();
		calls.methods(OnError.class).forEach((method, annotation) -> {
			HandlerCall call = calls.create(method, OnError.class);
			for (Class<? extends Throwable> type : exceptions(method, annotation)) {
				entries.add(new ErrorHandlers.Entry(type, call));
			}
		});
		return entries;
	}

	private List<Class<? extends Throwable>> exceptions(HandlerMethod method, OnError annotation) {
		List<Class<? extends Throwable>> types = new ArrayList<>();
		for (Class<?> type : method.method().getParameterTypes()) {
			if (Throwable.class.isAssignableFrom(type)) {
				types.add(type.asSubclass(Throwable.class));
				check(method, type, annotation.value());
			}
		}
		if (annotation.value().length > 0) {
			return List.of(annotation.value());
		}
		return (!types.isEmpty()) ? types : List.of(Throwable.class);
	}

	private void check(HandlerMethod method, Class<?> parameter, Class<? extends Throwable>[] types) {
		for (Class<? extends Throwable> type : types) {
			if (!parameter.isAssignableFrom(type)) {
				throw new InvalidHandlerException(
						"Method %s takes %s, which is no %s".formatted(method, type.getSimpleName(),
								parameter.getSimpleName()),
						"Give the parameter a type that fits all exceptions of @OnError");
			}
		}
	}

	private static boolean serves(Object controller, String server) {
		List<String> servers = servers(controller);
		return servers.isEmpty() || servers.contains(server);
	}

	private static List<String> servers(Object controller) {
		SocketController annotation = AnnotatedElementUtils.findMergedAnnotation(HandlerMethod.type(controller),
				SocketController.class);
		Assert.state(annotation != null, () -> "%s is no @SocketController".formatted(controller.getClass()));
		return List.of(annotation.value());
	}

}
