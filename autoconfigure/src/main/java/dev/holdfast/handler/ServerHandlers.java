package dev.holdfast.handler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
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

	private final Begin begin = this::begin;

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
			if (this.interceptors.isEmpty() || call.blocking() != BlockingMode.EVENT_LOOP) {
				call(call, context, this.begin);
			}
			else {
				intercept(call, context.own());
			}
		}
		catch (Throwable ex) {
			failed(call, context, ex, this.begin);
		}
	}

	private HandlerCall select(MessageContext context) {
		HandlerCall call = this.calls.fallback();
		String route = null;
		if (this.router != null) {
			route = this.router.route(context.buffer(), context.offset(), context.length());
			HandlerCall claimed = (route != null) ? this.calls.routes().get(route) : null;
			context.route(route, claimed != null);
			call = (claimed != null) ? claimed : call;
		}
		if (call == null) {
			throw new NoHandlerException(this.server, route);
		}
		return call;
	}

	private void intercept(HandlerCall call, MessageContext context) {
		Throwable error = null;
		try {
			Object result = this.interceptors.around(context, () -> call.results().adapt(call.invoke(context)));
			if (result instanceof Pending pending) {
				attach(pending, begin(call, context));
				return;
			}
			if (result != null) {
				context.target().reply(result);
			}
		}
		catch (Throwable ex) {
			error = ex;
			failed(call, context, ex, this.begin);
		}
		after(context, error);
	}

	private Handling begin(HandlerCall call, MessageContext context) {
		return new Handling(this, call, context.detach(), context.target().begin());
	}

	/**
	 * Call a method, or let a handling do so if it may block.
	 * @param call the method
	 * @param context the connection and the message or event
	 * @param begin begins a handling if the result is not there at once
	 * @return whether all is done
	 * @throws Throwable what the method throws
	 */
	private boolean call(HandlerCall call, MessageContext context, Begin begin) throws Throwable {
		if (call.blocking() != BlockingMode.EVENT_LOOP) {
			@Nullable Object[] arguments = call.resolve(context);
			ByteBuf payload = this.interceptors.isEmpty() ? Unpooled.EMPTY_BUFFER : context.payload();
			block(begin.handling(call, context), arguments, payload);
			return false;
		}
		Object result = call.results().adapt(call.invoke(context));
		if (result instanceof Pending pending) {
			attach(pending, begin.handling(call, context));
			return false;
		}
		if (result != null) {
			context.target().reply(result);
		}
		return true;
	}

	private void attach(Pending pending, Handling handling) {
		try {
			pending.attach(handling);
		}
		catch (Throwable ex) {
			handling.fail(ex);
		}
	}

	private void block(Handling handling, @Nullable Object[] arguments, ByteBuf payload) {
		new BlockingCall(this, handling, arguments, payload).submit(this.executor);
	}

	/**
	 * Call the method of a blocking handling with arguments that were resolved before.
	 * @param handling the handling
	 * @param arguments the arguments
	 * @throws Throwable what the method throws
	 */
	void run(Handling handling, @Nullable Object[] arguments) throws Throwable {
		int[] references = Stream.of(arguments).mapToInt(ReferenceCountUtil::refCnt).toArray();
		Object result = invoke(handling, arguments);
		for (int i = 0; i < arguments.length; i++) {
			if (result == arguments[i] && ReferenceCountUtil.refCnt(result) <= references[i]) {
				ReferenceCountUtil.retain(result);
			}
		}
		go(handling, result);
	}

	private @Nullable Object invoke(Handling handling, @Nullable Object[] arguments) throws Throwable {
		HandlerCall call = handling.call();
		return handling.isIntercepted()
				? this.interceptors.around(handling.context(), () -> call.results().adapt(call.invokeWith(arguments)))
				: call.results().adapt(call.invokeWith(arguments));
	}

	/**
	 * Call the method of a handling, whatever it is.
	 * @param handling the handling
	 */
	private void go(Handling handling) {
		HandlerCall call = handling.call();
		MessageContext context = handling.context();
		try {
			if (call.blocking() != BlockingMode.EVENT_LOOP) {
				block(handling, call.resolve(context), Unpooled.EMPTY_BUFFER);
			}
			else {
				go(handling, call.results().adapt(call.invoke(context)));
			}
		}
		catch (Throwable ex) {
			handling.fail(ex);
		}
	}

	private void go(Handling handling, @Nullable Object result) {
		if (result instanceof Pending pending) {
			attach(pending, handling);
		}
		else {
			handling.finish(result);
		}
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
		go(new Handling(this, call, MessageContext.event(target), exchange).recover(call));
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
		boolean done = true;
		for (int i = 0; done && i < this.calls.open().size(); i++) {
			int next = i + 1;
			done = open(this.calls.open().get(i), MessageContext.event(target), (call, context) -> {
				Exchange exchange = target.begin();
				return new Handling(this, call, context, exchange).then(() -> open(target, next, exchange));
			});
		}
	}

	private boolean open(HandlerCall call, MessageContext context, Begin begin) {
		try {
			return call(call, context, begin);
		}
		catch (Throwable ex) {
			return failed(call, context, ex, begin);
		}
	}

	private void open(HandlerTarget target, int index, Exchange exchange) {
		if (index == this.calls.open().size()) {
			exchange.complete();
		}
		else if (!exchange.isCancelled()) {
			go(new Handling(this, this.calls.open().get(index), MessageContext.event(target), exchange)
				.then(() -> open(target, index + 1, exchange)));
		}
	}

	/**
	 * Tell that a connection can take messages again.
	 * @param target the connection
	 */
	public void writable(HandlerTarget target) {
		notify(this.calls.writable(), 0, MessageContext.event(target));
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
			notify(this.calls.close(), 0, context);
		}
	}

	private void notify(List<HandlerCall> calls, int index, MessageContext context) {
		if (index < calls.size()) {
			go(new Handling(this, calls.get(index), context, NoExchange.INSTANCE)
				.then(() -> notify(calls, index + 1, context)));
		}
	}

	/**
	 * Whether there is a method that wants to know when a connection can take messages
	 * again.
	 * @return whether {@link #writable} does anything
	 */
	public boolean hasWritable() {
		return !this.calls.writable().isEmpty();
	}

	/**
	 * Take an error of a call that was no handling yet.
	 * @param call the method or {@code null}
	 * @param context the connection and the message or event
	 * @param error the error
	 * @param begin begins a handling if the error is not handled at once
	 * @return whether all is done
	 */
	private boolean failed(@Nullable HandlerCall call, MessageContext context, Throwable error, Begin begin) {
		context.target().failed();
		ErrorHandlers.Match match = this.errors.find(error, (call != null) ? call.controller() : null);
		if (match == null) {
			log(call, error);
			return true;
		}
		try {
			this.failures.handled(this.server, call, error, match.call());
			context.error(match.error());
			return call(match.call(), context, (errorCall, own) -> begin.handling(errorCall, own).recover(errorCall));
		}
		catch (Throwable ex) {
			log(match.call(), ex);
			return true;
		}
	}

	/**
	 * Take the error of a handling, on the event loop.
	 * @param handling the handling, which has ended but for its exchange
	 * @param error the error
	 */
	void failed(Handling handling, Throwable error) {
		if (handling.isCancelled()) {
			return;
		}
		HandlerCall call = handling.call();
		ErrorHandlers.Match match = null;
		if (!handling.isRecovering()) {
			handling.context().target().failed();
			match = this.errors.find(error, call.controller());
		}
		if (match == null) {
			log(call, error);
			handling.end();
		}
		else {
			this.failures.handled(this.server, call, error, match.call());
			handling.context().error(match.error());
			go(handling.recover(match.call()));
		}
	}

	void log(@Nullable HandlerCall call, Throwable error) {
		this.failures.failed(this.server, call, error);
	}

	/**
	 * Begins a handling.
	 */
	@FunctionalInterface
	private interface Begin {

		Handling handling(HandlerCall call, MessageContext context);

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
