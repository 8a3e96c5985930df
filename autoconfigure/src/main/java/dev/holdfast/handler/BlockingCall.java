package dev.holdfast.handler;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

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

	private @Nullable Thread thread;

	private boolean cancelled;

	private boolean started;

	BlockingCall(ServerHandlers handlers, Handling handling, @Nullable Object[] arguments) {
		this.handlers = handlers;
		this.handling = handling;
		this.arguments = arguments;
		for (Object argument : arguments) {
			if (argument instanceof ReferenceCounted counted) {
				counted.retain();
			}
		}
	}

	void submit(Executor executor) {
		this.handling.onCancel(this::cancel);
		execute(executor);
	}

	private void execute(Executor executor) {
		try {
			executor.execute(this);
			this.handling.resumeReading();
		}
		catch (RejectedExecutionException ex) {
			this.handling.pauseReading();
			if (!isCancelled()) {
				this.handling.context().target().executeLater(() -> execute(executor), RETRY_MILLIS);
			}
		}
	}

	@Override
	public void run() {
		if (!start()) {
			return;
		}
		try {
			call();
		}
		finally {
			finish();
			releaseArguments();
		}
	}

	private void call() {
		try {
			Object result = this.handlers.invoke(this.handling, this.arguments);
			if (result instanceof Pending pending) {
				pending.attach(this.handling);
			}
			else {
				this.handling.finish(result);
			}
		}
		catch (Throwable ex) {
			this.handling.fail(ex);
		}
	}

	private synchronized boolean isCancelled() {
		return this.cancelled;
	}

	private synchronized boolean start() {
		this.started = !this.cancelled;
		if (this.started && this.handling.call().blocking() == BlockingMode.INTERRUPTIBLE) {
			this.thread = Thread.currentThread();
		}
		return this.started;
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
			releaseArguments();
		}
	}

	private void releaseArguments() {
		for (Object argument : this.arguments) {
			if (argument instanceof ReferenceCounted counted) {
				counted.release();
			}
		}
	}

}
