package dev.holdfast.handler;

import io.netty.util.ReferenceCountUtil;

/**
 * {@link Exchange} of an event to which no reply is sent. Thread-safe.
 */
final class NoExchange implements Exchange {

	static final NoExchange INSTANCE = new NoExchange();

	private NoExchange() {
	}

	@Override
	public void reply(Object message) {
		ReferenceCountUtil.release(message);
	}

	@Override
	public void complete() {
	}

	@Override
	public void onCancel(Runnable action) {
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

	@Override
	public void whenWritable(Runnable action) {
		action.run();
	}

	@Override
	public void pauseReading() {
	}

	@Override
	public void resumeReading() {
	}

}
