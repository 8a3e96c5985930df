package dev.holdfast.handler;

import io.netty.util.ReferenceCountUtil;

import dev.holdfast.connection.SocketConnection;

/**
 * {@link Exchange} of an event: what its method returns is ignored, and what takes its
 * error sends to the connection. Thread-safe.
 */
final class EventExchange implements Exchange {

	private final SocketConnection connection;

	private final boolean sending;

	EventExchange(SocketConnection connection) {
		this(connection, false);
	}

	private EventExchange(SocketConnection connection, boolean sending) {
		this.connection = connection;
		this.sending = sending;
	}

	Exchange recovering() {
		return new EventExchange(this.connection, true);
	}

	@Override
	public void reply(Object message) {
		if (this.sending) {
			this.connection.send(message);
		}
		else {
			ReferenceCountUtil.release(message);
		}
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
