package dev.holdfast.server.netty;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.Exchange;

/**
 * The part of a connection that handlers reply to, at once or later, in order. Confined
 * to the connection's event loop, but for {@code execute}.
 */
abstract class ExchangingConnection extends OutboundConnection {

	private static final int MAX_HELD = 16 * 1024;

	private @Nullable ExchangeQueue exchanges;

	private boolean opening;

	ExchangingConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	/**
	 * Handle a message that had to wait.
	 * @param payload the payload
	 * @param since the time at which it was decoded
	 * @param text whether its sender calls it text
	 */
	abstract void handleLater(ByteBuf payload, long since, boolean text);

	/**
	 * Return the time at which what is handled now was decoded.
	 * @return the time, as {@link System#nanoTime()} has it
	 */
	abstract long decodedAt();

	/**
	 * Stop reading as long as there is a reason to.
	 * @param reason the reason
	 */
	abstract void pause(int reason);

	/**
	 * Read again if this was the only reason not to.
	 * @param reason the reason
	 */
	abstract void resume(int reason);

	/**
	 * Call the handlers of an opened connection. Messages wait for their end.
	 */
	final void callOpen() {
		this.opening = true;
		this.home.handlers.open(this);
		this.opening = false;
	}

	final boolean isExchangeIdle() {
		return this.exchanges == null || this.exchanges.isIdle();
	}

	/**
	 * Whether what was written can wait for a moment, because more will follow.
	 * @return whether a handler still runs and little was written
	 */
	final boolean mayHold() {
		return this.exchanges != null && this.exchanges.isPending() && isBatch(MAX_HELD);
	}

	final void cancelExchanges() {
		if (this.exchanges != null) {
			this.home.counters.messagesAbandoned += this.exchanges.cancel();
		}
	}

	@Override
	public SocketConnection connection() {
		return this;
	}

	@Override
	public void failed() {
		this.home.counters.messagesFailed++;
	}

	@Override
	public final void reply(Object message) throws Exception {
		try {
			if (state() != ConnectionState.OPEN) {
				return;
			}
			if (this.exchanges != null && this.exchanges.isPending()) {
				this.exchanges.addReply(encode(message));
			}
			else {
				append(message);
				flushLater();
			}
		}
		finally {
			if (!(message instanceof ByteBuf buffer && this.home.loop.isLent(buffer))) {
				ReferenceCountUtil.release(message);
			}
		}
	}

	@Override
	public final Exchange begin() {
		ExchangeQueue exchanges = this.exchanges;
		if (exchanges == null) {
			exchanges = new ExchangeQueue(self(), this.home.concurrency, this.home.maxWaiting);
			this.exchanges = exchanges;
		}
		this.home.loop.begun();
		Exchange exchange = exchanges.begin(decodedAt(), this.opening);
		if (state() != ConnectionState.OPEN) {
			cancelExchanges();
		}
		return exchange;
	}

	final @Nullable ExchangeQueue exchanges() {
		return this.exchanges;
	}

	@Override
	public final void execute(Runnable action) {
		if (isDirect()) {
			action.run();
		}
		else {
			this.home.loop.inbox.add(LoopTask.of(action));
		}
	}

	/**
	 * Run a task on the event loop, at once if no message is being handled there.
	 * @param task the task, discarded if the loop has ended
	 */
	final void execute(LoopTask task) {
		if (isDirect()) {
			task.run();
		}
		else {
			this.home.loop.inbox.add(task);
		}
	}

	/**
	 * Whether the connection may be written to by the current thread.
	 * @return whether this is the event loop and no message is being handled there
	 */
	final boolean isDirect() {
		return this.channel.eventLoop().inEventLoop() && !this.home.loop.isDispatching();
	}

	@Override
	public final void executeLater(Runnable action, long millis) {
		this.channel.eventLoop().schedule(action, millis, TimeUnit.MILLISECONDS);
	}

}
