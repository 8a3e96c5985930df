package dev.holdfast.handler;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;

/**
 * The handler methods of one server, prepared to be called. No call throws: what a method
 * throws is counted, offered to {@link OnError @OnError} methods and logged. Immutable.
 */
public final class ServerHandlers {

	private final String server;

	private final @Nullable MessageRouter router;

	private final Map<String, HandlerCall> routes;

	private final @Nullable HandlerCall fallback;

	private final EventCalls events;

	private final ErrorHandlers errors;

	private final FailureLog failures = new FailureLog();

	ServerHandlers(String server, @Nullable MessageRouter router, Map<String, HandlerCall> messages, EventCalls events,
			ErrorHandlers errors) {
		this.server = server;
		this.router = router;
		this.routes = Map.copyOf(messages);
		this.fallback = messages.get(SocketControllers.NO_ROUTE);
		this.events = events;
		this.errors = errors;
	}

	/**
	 * Handle a message.
	 * @param context the connection and the message
	 */
	public void message(MessageContext context) {
		HandlerCall call = null;
		try {
			call = select(context);
			reply(call.invoke(context), context.target());
		}
		catch (Throwable ex) {
			fail(context, call, ex);
		}
	}

	private HandlerCall select(MessageContext context) {
		HandlerCall call = this.fallback;
		String route = null;
		if (this.router != null) {
			route = this.router.route(context.buffer(), context.offset(), context.length());
			context.route(route);
			call = (route != null && !route.isEmpty()) ? this.routes.getOrDefault(route, this.fallback) : call;
		}
		if (call == null) {
			throw new NoHandlerException(this.server, route);
		}
		return call;
	}

	private void reply(@Nullable Object result, HandlerTarget target) throws Exception {
		if (result instanceof Optional<?> optional) {
			reply(optional.orElse(null), target);
		}
		else if (result != null) {
			target.reply(result);
		}
	}

	/**
	 * Greet a connection that can be used from now on.
	 * @param target the connection
	 */
	public void open(HandlerTarget target) {
		for (HandlerCall call : this.events.open()) {
			MessageContext context = MessageContext.event(target);
			try {
				reply(call.invoke(context), target);
			}
			catch (Throwable ex) {
				fail(context, call, ex);
			}
		}
	}

	/**
	 * Tell that a connection can take messages again.
	 * @param target the connection
	 */
	public void writable(HandlerTarget target) {
		notify(this.events.writable(), MessageContext.event(target));
	}

	/**
	 * Tell that a connection has ended.
	 * @param target the connection
	 * @param reason why it ended
	 */
	public void close(HandlerTarget target, CloseReason reason) {
		if (!this.events.close().isEmpty()) {
			MessageContext context = MessageContext.event(target);
			context.closeReason(reason);
			notify(this.events.close(), context);
		}
	}

	private void notify(List<HandlerCall> calls, MessageContext context) {
		for (HandlerCall call : calls) {
			try {
				call.invoke(context);
			}
			catch (Throwable ex) {
				fail(context, call, ex);
			}
		}
	}

	/**
	 * Whether there is a method that wants to know when a connection can take messages
	 * again.
	 * @return whether {@link #writable} does anything
	 */
	public boolean hasWritable() {
		return !this.events.writable().isEmpty();
	}

	private void fail(MessageContext context, @Nullable HandlerCall call, Throwable error) {
		context.target().failed();
		ErrorHandlers.Match match = this.errors.find(error, (call != null) ? call.controller() : null);
		if (match == null) {
			this.failures.failed(this.server, call, error);
			return;
		}
		try {
			context.error(match.error());
			reply(match.call().invoke(context), context.target());
		}
		catch (Throwable ex) {
			this.failures.failed(this.server, match.call(), ex);
		}
	}

	/**
	 * The methods for events. Immutable.
	 *
	 * @param open for opened connections
	 * @param writable for connections that can take messages again
	 * @param close for closed connections
	 */
	record EventCalls(List<HandlerCall> open, List<HandlerCall> writable, List<HandlerCall> close) {

	}

}
