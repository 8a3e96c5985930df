package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;

/**
 * {@link Exchange} whose reply decides on an upgrade. The first outcome counts.
 * Thread-safe.
 */
final class HandshakeExchange implements Exchange {

	private final HandlerTarget target;

	private final HandshakeVerdict verdict;

	private @Nullable Runnable onCancel;

	private boolean cancelled;

	private boolean decided;

	HandshakeExchange(HandlerTarget target, HandshakeVerdict verdict) {
		this.target = target;
		this.verdict = verdict;
	}

	@Override
	public void reply(@Nullable Object result) {
		if (Boolean.FALSE.equals(result)) {
			decide(() -> this.verdict.refuse(HandshakeVerdict.FORBIDDEN));
		}
		else {
			String user = (result instanceof CharSequence text && !text.isEmpty()) ? text.toString() : null;
			decide(() -> this.verdict.accept(user));
		}
	}

	@Override
	public void complete() {
		reply(null);
	}

	void refuse(int status) {
		decide(() -> this.verdict.refuse(status));
	}

	private void decide(Runnable decision) {
		synchronized (this) {
			if (this.decided || this.cancelled) {
				return;
			}
			this.decided = true;
			this.onCancel = null;
		}
		this.target.execute(decision);
	}

	/**
	 * Cancel what runs, because the client has left.
	 */
	void cancel() {
		Runnable action;
		synchronized (this) {
			this.cancelled = true;
			action = this.onCancel;
			this.onCancel = null;
		}
		if (action != null) {
			action.run();
		}
	}

	@Override
	public void onCancel(Runnable action) {
		synchronized (this) {
			if (!this.cancelled) {
				this.onCancel = action;
				return;
			}
		}
		action.run();
	}

	@Override
	public synchronized boolean isCancelled() {
		return this.cancelled;
	}

	@Override
	public void whenWritable(Runnable action) {
		this.target.execute(action);
	}

	@Override
	public void pauseReading() {
	}

	@Override
	public void resumeReading() {
	}

}
