package dev.holdfast.handler;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.ConnectionClosedException;

/**
 * The handling of one message or event that goes on after its method has returned. It
 * ends once: what comes later has no effect. Thread-safe.
 */
final class Handling implements Exchange {

	private final ServerHandlers handlers;

	private final HandlerCall call;

	private final MessageContext context;

	private final Exchange exchange;

	private final boolean recovering;

	private final @Nullable Runnable next;

	private final AtomicBoolean ended = new AtomicBoolean();

	Handling(ServerHandlers handlers, HandlerCall call, MessageContext context, Exchange exchange) {
		this(handlers, call, context, exchange, false, null);
	}

	private Handling(ServerHandlers handlers, HandlerCall call, MessageContext context, Exchange exchange,
			boolean recovering, @Nullable Runnable next) {
		this.handlers = handlers;
		this.call = call;
		this.context = context;
		this.exchange = exchange;
		this.recovering = recovering;
		this.next = next;
	}

	/**
	 * Return a handling that goes on with something else when it has ended.
	 * @param next what it goes on with, run on the event loop
	 * @return the handling
	 */
	Handling then(Runnable next) {
		return new Handling(this.handlers, this.call, this.context, this.exchange, this.recovering, next);
	}

	/**
	 * Return the handling of an error of this handling.
	 * @param errorCall the method that takes the error
	 * @return the handling
	 */
	Handling recover(HandlerCall errorCall) {
		Exchange exchange = (this.exchange == NoExchange.INSTANCE) ? NoExchange.forError(this.context.connection())
				: this.exchange;
		return new Handling(this.handlers, errorCall, this.context, exchange, true, this.next);
	}

	@Override
	public void reply(Object message) throws Exception {
		if (this.ended.get()) {
			ReferenceCountUtil.release(message);
		}
		else {
			this.exchange.reply(message);
		}
	}

	/**
	 * End with a last reply.
	 * @param reply the reply or {@code null}
	 */
	void finish(@Nullable Object reply) {
		if (!this.ended.compareAndSet(false, true)) {
			ReferenceCountUtil.release(reply);
			return;
		}
		try {
			end(reply);
		}
		catch (Throwable ex) {
			failed(ex);
			return;
		}
		after(null);
	}

	private void end(@Nullable Object reply) throws Exception {
		if (reply != null && this.next == null) {
			this.exchange.complete(reply);
			return;
		}
		if (reply != null) {
			this.exchange.reply(reply);
		}
		end();
	}

	/**
	 * Go on with what comes next, or end the exchange.
	 */
	void end() {
		if (this.next != null) {
			this.context.target().execute(this.next);
		}
		else {
			this.exchange.complete();
		}
	}

	/**
	 * End with an error, which is offered to {@link OnError @OnError} methods.
	 * @param error the error
	 */
	void fail(Throwable error) {
		if (this.ended.compareAndSet(false, true)) {
			failed(error);
		}
	}

	private void failed(Throwable error) {
		after(error);
		if (this.exchange instanceof HandshakeExchange handshake) {
			this.context.target().execute(() -> this.handlers.refused(this, handshake, error));
		}
		else {
			this.context.target().execute(() -> this.handlers.failed(this, error));
		}
	}

	private void cancel(Runnable action) {
		if (this.ended.compareAndSet(false, true)) {
			try {
				action.run();
			}
			catch (Throwable ex) {
				this.handlers.log(this.call, ex);
			}
			after(new ConnectionClosedException(this.context.connection().id()));
		}
	}

	private void after(@Nullable Throwable error) {
		if (!this.recovering) {
			this.handlers.after(this.context, error);
		}
	}

	@Override
	public void complete() {
		finish(null);
	}

	/**
	 * Run an action if the connection closes before this has ended, which ends it.
	 * @param action the action
	 */
	@Override
	public void onCancel(Runnable action) {
		this.exchange.onCancel(() -> cancel(action));
	}

	/**
	 * Run an action if the connection closes before this has ended, which does not end it
	 * because a method still runs.
	 * @param action the action
	 */
	void onClose(Runnable action) {
		this.exchange.onCancel(action);
	}

	@Override
	public boolean isCancelled() {
		return this.exchange.isCancelled();
	}

	@Override
	public void pauseReading() {
		this.exchange.pauseReading();
	}

	@Override
	public void resumeReading() {
		this.exchange.resumeReading();
	}

	@Override
	public void whenWritable(Runnable action) {
		this.exchange.whenWritable(action);
	}

	HandlerCall call() {
		return this.call;
	}

	MessageContext context() {
		return this.context;
	}

	boolean isRecovering() {
		return this.recovering;
	}

	/**
	 * Whether interceptors are called around the method.
	 * @return whether it handles a message
	 */
	boolean isIntercepted() {
		return !this.recovering && !this.context.isEvent();
	}

}
