package dev.holdfast.handler;

import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.SocketConnection;

/**
 * {@link Exchange} of an event to which no reply is sent, but for one to its error.
 * Thread-safe.
 */
final class NoExchange implements Exchange {

	static final NoExchange INSTANCE = new NoExchange(null);

	private final @Nullable SocketConnection connection;

	private NoExchange(@Nullable SocketConnection connection) {
		this.connection = connection;
	}

	/**
	 * Return an exchange for what is to be sent because of an error.
	 * @param connection the connection, which may be closed
	 * @return the exchange
	 */
	static NoExchange forError(SocketConnection connection) {
		return new NoExchange(connection);
	}

	@Override
	public void reply(Object message) {
		if (this.connection != null) {
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
