package dev.holdfast.handler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;

/**
 * The handler methods of one server, prepared to be called. No call throws: what a method
 * throws is counted, offered to {@link OnError @OnError} methods and logged. Immutable.
 */
public final class ServerHandlers {

	private final String server;

	private final @Nullable MessageRouter router;

	private final Calls calls;

	private final ErrorHandlers errors;

	private final Interceptors interceptors;

	private final Supplier<Executor> executor;

	private final FailureLog failures = new FailureLog();

	ServerHandlers(String server, @Nullable MessageRouter router, Calls calls, Interceptors interceptors,
			Supplier<Executor> executor) {
		this.server = server;
		this.router = router;
		this.calls = calls;
		this.errors = new ErrorHandlers(calls.error());
		this.interceptors = interceptors;
		this.executor = executor;
	}

	/**
	 * Handle a message.
	 * @param context the connection and the message
	 */
	public void message(MessageContext context) {
		HandlerCall call = null;
		try {
			call = select(context);
			if (call.blocking() != BlockingMode.EVENT_LOOP) {
				block(call, this.interceptors.own(context));
			}
			else if (!this.interceptors.isEmpty()) {
				intercept(call, context.own());
			}
			else {
				Object result = call.results().adapt(call.invoke(context));
				if (result instanceof Pending pending) {
					pending.attach(begin(call, context));
				}
				else if (result != null) {
					context.target().reply(result);
				}
			}
		}
		catch (Throwable ex) {
			failed(context, call, ex);
		}
	}

	private void intercept(HandlerCall call, MessageContext context) {
		Throwable error = null;
		try {
			Object result = this.interceptors.around(context, () -> call.results().adapt(call.invoke(context)));
			if (result instanceof Pending pending) {
				pending.attach(begin(call, context));
				return;
			}
			if (result != null) {
				context.target().reply(result);
			}
		}
		catch (Throwable ex) {
			error = ex;
			failed(context, call, ex);
		}
		after(context, error);
	}

	private HandlerCall select(MessageContext context) {
		HandlerCall call = this.calls.fallback();
		String route = null;
		if (this.router != null) {
			route = this.router.route(context.buffer(), context.offset(), context.length());
			context.route(route);
			call = (route != null) ? this.calls.routes().getOrDefault(route, call) : call;
		}
		if (call == null) {
			throw new NoHandlerException(this.server, route);
		}
		return call;
	}

	private Handling begin(HandlerCall call, MessageContext context) {
		return new Handling(this, call, context.detach(), context.target().begin());
	}

	private void block(HandlerCall call, MessageContext context) throws Exception {
		@Nullable Object[] arguments = call.resolve(context);
		block(begin(call, context), arguments);
	}

	private void block(Handling handling, @Nullable Object[] arguments) {
		new BlockingCall(this, handling, arguments).submit(this.executor.get());
	}

	/**
	 * Call the method of a handling with arguments that were resolved before.
	 * @param handling the handling
	 * @param arguments the arguments
	 * @return the reply, {@code null} or a {@link Pending} one
	 * @throws Throwable what the method throws
	 */
	@Nullable Object invoke(Handling handling, @Nullable Object[] arguments) throws Throwable {
		HandlerCall call = handling.call();
		return handling.isRecovering() ? call.results().adapt(call.invokeWith(arguments))
				: this.interceptors.around(handling.context(), () -> call.results().adapt(call.invokeWith(arguments)));
	}

	void after(MessageContext context, @Nullable Throwable error) {
		this.interceptors.after(context, error);
	}

	/**
	 * Ask whether a client may upgrade to WebSocket.
	 * @param target the connection, whose handshake is known
	 * @param verdict takes the decision, perhaps before this call returns
	 * @return cancels the decision when the client leaves
	 */
	public Runnable handshake(HandlerTarget target, HandshakeVerdict verdict) {
		HandlerCall call = this.calls.handshake();
		HandshakeExchange exchange = new HandshakeExchange(target, verdict);
		if (call == null) {
			exchange.complete();
			return exchange::cancel;
		}
		MessageContext context = MessageContext.event(target);
		Handling handling = new Handling(this, call, context, exchange).recover(call);
		try {
			boolean blocking = call.blocking() != BlockingMode.EVENT_LOOP;
			Object result = blocking ? call.resolve(context) : call.results().adapt(call.invoke(context));
			if (blocking || result instanceof Pending) {
				go(handling, result);
			}
			else {
				handling.finish(result);
			}
		}
		catch (Throwable ex) {
			handling.fail(ex);
		}
		return exchange::cancel;
	}

	/**
	 * Take the error of a handshake.
	 * @param handling the handling of the handshake
	 * @param exchange what refuses the upgrade
	 * @param error the error
	 */
	void refused(Handling handling, HandshakeExchange exchange, Throwable error) {
		if (error instanceof HandshakeException refusal) {
			exchange.refuse(refusal.status());
			return;
		}
		handling.context().target().failed();
		this.failures.failed(this.server, handling.call(), error);
		exchange.refuse(HandshakeVerdict.FAILED);
	}

	/**
	 * Greet a connection that can be used from now on.
	 * @param target the connection
	 */
	public void open(HandlerTarget target) {
		open(target, 0, null);
	}

	private void open(HandlerTarget target, int first, @Nullable Exchange begun) {
		for (int i = first; i < this.calls.open().size(); i++) {
			HandlerCall call = this.calls.open().get(i);
			MessageContext context = MessageContext.event(target);
			int next = i + 1;
			try {
				boolean blocking = call.blocking() != BlockingMode.EVENT_LOOP;
				Object result = blocking ? call.resolve(context) : call.results().adapt(call.invoke(context));
				if (blocking || result instanceof Pending) {
					Exchange exchange = (begun != null) ? begun : target.begin();
					Handling handling = new Handling(this, call, context, exchange)
						.then(() -> open(target, next, exchange));
					go(handling, result);
					return;
				}
				reply(result, (begun != null) ? begun : target);
			}
			catch (Throwable ex) {
				failed(context, call, ex);
			}
		}
		if (begun != null) {
			begun.complete();
		}
	}

	private void go(Handling handling, @Nullable Object result) {
		if (result instanceof Pending pending) {
			pending.attach(handling);
		}
		else if (result instanceof @Nullable Object[] arguments) {
			block(handling, arguments);
		}
	}

	private static void reply(@Nullable Object result, ReplySink sink) throws Exception {
		if (result != null) {
			sink.reply(result);
		}
	}

	/**
	 * Tell that a connection can take messages again.
	 * @param target the connection
	 */
	public void writable(HandlerTarget target) {
		notify(this.calls.writable(), MessageContext.event(target));
	}

	/**
	 * Tell that a connection has ended.
	 * @param target the connection
	 * @param reason why it ended
	 */
	public void close(HandlerTarget target, CloseReason reason) {
		if (!this.calls.close().isEmpty()) {
			MessageContext context = MessageContext.event(target);
			context.closeReason(reason);
			notify(this.calls.close(), context);
		}
	}

	private void notify(List<HandlerCall> calls, MessageContext context) {
		for (HandlerCall call : calls) {
			try {
				if (call.blocking() != BlockingMode.EVENT_LOOP) {
					notify(call, context, call.resolve(context));
				}
				else if (call.results().adapt(call.invoke(context)) instanceof Pending pending) {
					pending.attach(new Handling(this, call, context, new NoExchange()));
				}
			}
			catch (Throwable ex) {
				failed(context, call, ex);
			}
		}
	}

	private void notify(HandlerCall call, MessageContext context, @Nullable Object[] arguments) {
		block(new Handling(this, call, context, new NoExchange()), arguments);
	}

	/**
	 * Whether there is a method that wants to know when a connection can take messages
	 * again.
	 * @return whether {@link #writable} does anything
	 */
	public boolean hasWritable() {
		return !this.calls.writable().isEmpty();
	}

	private void failed(MessageContext context, @Nullable HandlerCall call, Throwable error) {
		context.target().failed();
		ErrorHandlers.Match match = this.errors.find(error, (call != null) ? call.controller() : null);
		if (match == null) {
			this.failures.failed(this.server, call, error);
			return;
		}
		HandlerCall errorCall = match.call();
		try {
			context.error(match.error());
			boolean blocking = errorCall.blocking() != BlockingMode.EVENT_LOOP;
			Object result = blocking ? errorCall.resolve(context)
					: errorCall.results().adapt(errorCall.invoke(context));
			if (blocking || result instanceof Pending) {
				go(begin(errorCall, context).recover(errorCall), result);
			}
			else {
				reply(result, context.target());
			}
		}
		catch (Throwable ex) {
			this.failures.failed(this.server, errorCall, ex);
		}
	}

	/**
	 * Take the error of a handling, on the event loop.
	 * @param handling the handling, which has ended but for its exchange
	 * @param error the error
	 */
	void failed(Handling handling, Throwable error) {
		HandlerCall call = handling.call();
		ErrorHandlers.Match match = handling.isRecovering() ? null : this.errors.find(error, call.controller());
		if (!handling.isRecovering()) {
			handling.context().target().failed();
		}
		if (match == null) {
			this.failures.failed(this.server, call, error);
			handling.end();
			return;
		}
		recover(handling.recover(match.call()), match.error());
	}

	private void recover(Handling handling, Throwable error) {
		HandlerCall call = handling.call();
		MessageContext context = handling.context();
		try {
			context.error(error);
			boolean blocking = call.blocking() != BlockingMode.EVENT_LOOP;
			Object result = blocking ? call.resolve(context) : call.results().adapt(call.invoke(context));
			if (blocking || result instanceof Pending) {
				go(handling, result);
			}
			else {
				handling.finish(result);
			}
		}
		catch (Throwable ex) {
			this.failures.failed(this.server, call, ex);
			handling.end();
		}
	}

	/**
	 * The methods of one server. Immutable.
	 *
	 * @param routes for messages by route
	 * @param fallback for messages whose route no other method claims
	 * @param handshake for upgrades to WebSocket
	 * @param open for opened connections
	 * @param writable for connections that can take messages again
	 * @param close for closed connections
	 * @param error for exceptions
	 */
	record Calls(Map<String, HandlerCall> routes, @Nullable HandlerCall fallback, @Nullable HandlerCall handshake,
			List<HandlerCall> open, List<HandlerCall> writable, List<HandlerCall> close,
			List<ErrorHandlers.Entry> error) {

	}

}
