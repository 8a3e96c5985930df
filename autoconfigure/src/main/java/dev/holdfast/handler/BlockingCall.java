package dev.holdfast.handler;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method that may block. Its arguments were resolved on the event loop.
 * When the executor takes no more, reading pauses and the call is tried again.
 * Thread-safe.
 */
final class BlockingCall implements Runnable {

	private static final int RETRY_MILLIS = 10;

	private final ServerHandlers handlers;

	private final Handling handling;

	private final @Nullable Object[] arguments;

	private final ByteBuf payload;

	private @Nullable Thread thread;

	private boolean cancelled;

	private boolean started;

	private boolean waiting;

	/**
	 * Create a new {@link BlockingCall}.
	 * @param handlers the handlers
	 * @param handling the handling
	 * @param arguments the arguments, retained until the method has returned
	 * @param payload what interceptors see of the message, retained likewise
	 */
	BlockingCall(ServerHandlers handlers, Handling handling, @Nullable Object[] arguments, ByteBuf payload) {
		this.handlers = handlers;
		this.handling = handling;
		this.arguments = arguments;
		this.payload = payload.retain();
		handling.context().payload(payload);
		for (Object argument : arguments) {
			if (argument instanceof ReferenceCounted counted) {
				counted.retain();
			}
		}
	}

	void submit(Supplier<Executor> executor) {
		this.handling.onClose(this::cancel);
		execute(executor);
	}

	private void execute(Supplier<Executor> executor) {
		try {
			executor.get().execute(this);
			if (this.waiting) {
				this.handling.resumeReading();
			}
		}
		catch (RejectedExecutionException ex) {
			retry(executor);
		}
		catch (Throwable ex) {
			refused(ex);
		}
	}

	private void retry(Supplier<Executor> executor) {
		if (!isCancelled()) {
			this.waiting = true;
			this.handling.pauseReading();
			this.handling.context().target().executeLater(() -> execute(executor), RETRY_MILLIS);
		}
	}

	private void refused(Throwable error) {
		if (start()) {
			release();
			this.handling.fail(error);
		}
	}

	@Override
	public void run() {
		if (!start()) {
			return;
		}
		try {
			this.handlers.run(this.handling, this.arguments);
		}
		catch (Throwable ex) {
			this.handling.fail(ex);
		}
		finally {
			finish();
			release();
		}
	}

	private synchronized boolean isCancelled() {
		return this.cancelled;
	}

	private synchronized boolean start() {
		if (this.started || this.cancelled) {
			return false;
		}
		this.started = true;
		if (this.handling.call().blocking() == BlockingMode.INTERRUPTIBLE) {
			this.thread = Thread.currentThread();
		}
		return true;
	}

	private synchronized void finish() {
		if (this.thread != null) {
			this.thread = null;
			Thread.interrupted();
		}
	}

	private synchronized void cancel() {
		if (this.thread != null) {
			this.thread.interrupt();
		}
		if (!this.started && !this.cancelled) {
			this.cancelled = true;
			release();
		}
	}

	private void release() {
		this.handling.context().payload(Unpooled.EMPTY_BUFFER);
		this.payload.release();
		for (Object argument : this.arguments) {
			if (argument instanceof ReferenceCounted counted) {
				counted.release();
			}
		}
	}

}
