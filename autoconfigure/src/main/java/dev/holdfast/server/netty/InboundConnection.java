package dev.holdfast.server.netty;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

import dev.holdfast.connection.CloseReason;

/**
 * The part of a connection that receives, whatever its transport: batches of reads, the
 * rate of messages, reasons to pause reading, and the deadlines of an open connection.
 * Confined to the connection's event loop, but for the methods of
 * {@link dev.holdfast.connection.SocketConnection}.
 */
abstract class InboundConnection extends NettyConnection {

	private static final int PAUSED_BY_USER = 1;

	private static final int PAUSED_BY_OUTBOUND = 2;

	private static final int PAUSED_BY_RATE = 8;

	private static final int PAUSED_BY_TURN = 16;

	private byte paused;

	private long rateTime;

	private boolean loginChecked;

	private long messagesReceived;

	private long bytesReceived;

	InboundConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	/**
	 * Handle what was received and not handled yet, as long as nothing speaks against it.
	 */
	abstract void decode();

	/**
	 * Whether messages may have been received that are not handled yet.
	 * @return {@code false} if {@link #decode} has nothing to do before more is received
	 */
	abstract boolean hasInput();

	/**
	 * Check the deadline of a frame that was begun.
	 * @param now the current tick
	 * @return the tick at which to look again
	 */
	abstract int sweepFrame(int now);

	/**
	 * Write a sign of life.
	 */
	abstract void writePing();

	final boolean isPaused() {
		return this.paused != 0;
	}

	/**
	 * Whether reading pauses for another reason than that it is the turn of others.
	 * @return whether the peer cannot be blamed for what does not come
	 */
	final boolean isHeldUp() {
		return (this.paused & ~PAUSED_BY_TURN) != 0;
	}

	final void received(int bytes) {
		read(this.home.loop.tick());
		this.bytesReceived += bytes;
		this.home.counters.bytesReceived += bytes;
	}

	final void beginBatch() {
		if (!this.home.loop.isReading(this)) {
			this.home.loop.beginBatch(this);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		endBatch();
	}

	final void endBatch() {
		ConnectionLoop loop = this.home.loop;
		if (loop.isReading(this)) {
			this.home.counters.endBatch(loop.decodedAt());
			loop.endBatch();
			flush();
		}
	}

	/**
	 * Handle a message, or let it wait.
	 * @param in the buffer that holds the payload
	 * @param offset the absolute index at which the payload begins
	 * @param length the number of bytes of the payload
	 * @param text whether its sender calls it text
	 * @return {@code false} if its rate does not allow the message yet
	 */
	final boolean handle(ByteBuf in, int offset, int length, boolean text) {
		if (this.home.rate != null && !admit(this.home.rate)) {
			return this.home.rate.isConsuming();
		}
		this.messagesReceived++;
		this.home.counters.messagesReceived++;
		ExchangeQueue exchanges = exchanges();
		if (exchanges != null && !exchanges.mayHandle()) {
			exchanges.await(in.retainedSlice(offset, length), this.home.loop.decodedAt(), text);
			return true;
		}
		if (!dispatch(in, offset, length, text)) {
			this.home.counters.batchHandled++;
		}
		pauseUnlessWritable();
		return true;
	}

	/**
	 * Let the loop read from others before the rest of what was received is handled. Only
	 * a task that is scheduled comes behind their reads.
	 */
	final void endTurn() {
		pause(PAUSED_BY_TURN);
		this.channel.eventLoop().schedule(() -> resume(PAUSED_BY_TURN), 0, TimeUnit.NANOSECONDS);
	}

	final void pauseUnlessWritable() {
		if (!this.channel.isWritable()) {
			pause(PAUSED_BY_OUTBOUND);
		}
	}

	private boolean admit(RateBucket rate) {
		long next = rate.take(this.rateTime, this.home.loop.decodedAt());
		if (next != Long.MIN_VALUE) {
			this.rateTime = next;
			return true;
		}
		switch (rate.onExcess()) {
			case THROTTLE -> {
				pause(PAUSED_BY_RATE);
				executeLater(() -> resume(PAUSED_BY_RATE), rate.millisUntilNext(this.rateTime, System.nanoTime()));
			}
			case DROP -> {
				this.messagesReceived++;
				this.home.counters.messagesReceived++;
				this.home.counters.messagesAbandoned++;
				this.home.counters.messagesDropped.increment();
			}
			case CLOSE -> close(CloseReason.RATE_LIMIT);
		}
		return false;
	}

	private boolean dispatch(ByteBuf in, int offset, int length, boolean text) {
		ConnectionLoop loop = this.home.loop;
		loop.context.reset(this, in, offset, length, text);
		loop.beginDispatch(in);
		try {
			this.home.handlers.message(loop.context);
		}
		finally {
			loop.endDispatch();
		}
		return loop.hasBegun();
	}

	@Override
	void handleLater(ByteBuf payload, long since, boolean text) {
		ConnectionLoop loop = this.home.loop;
		long decodedAt = loop.decodedAt();
		loop.decodedAt(since);
		try {
			if (!dispatch(payload, payload.readerIndex(), payload.readableBytes(), text)) {
				this.home.counters.handled(1, System.nanoTime() - since);
			}
		}
		finally {
			loop.decodedAt(decodedAt);
		}
	}

	@Override
	long decodedAt() {
		long decodedAt = this.home.loop.decodedAt();
		return (decodedAt != 0) ? decodedAt : System.nanoTime();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (this.channel.isWritable()) {
			resume(PAUSED_BY_OUTBOUND);
			if (exchanges() != null) {
				exchanges().writable();
			}
			if (state() == ConnectionState.OPEN && this.home.handlers.hasWritable()) {
				this.home.handlers.writable(this);
			}
		}
	}

	@Override
	public void pauseReading() {
		if (this.channel.eventLoop().inEventLoop()) {
			pause(PAUSED_BY_USER);
		}
		else {
			execute(() -> pause(PAUSED_BY_USER));
		}
	}

	@Override
	public void resumeReading() {
		if (this.channel.eventLoop().inEventLoop()) {
			resume(PAUSED_BY_USER);
		}
		else {
			execute(() -> resume(PAUSED_BY_USER));
		}
	}

	@Override
	void pause(int why) {
		this.paused |= (byte) why;
		this.channel.config().setAutoRead(state() != ConnectionState.OPEN);
	}

	@Override
	void resume(int why) {
		if ((this.paused & why) != 0) {
			this.paused &= (byte) ~why;
			this.channel.eventLoop().execute(this::readIfAllowed);
		}
	}

	@Override
	void readIfAllowed() {
		if (this.paused != 0 || state() != ConnectionState.OPEN) {
			return;
		}
		if (hasInput()) {
			beginBatch();
			decode();
			endBatch();
		}
		if (this.paused == 0) {
			this.channel.config().setAutoRead(!isDraining());
			inputEnded();
		}
	}

	@Override
	final boolean isInputHandled() {
		return !hasInput();
	}

	@Override
	final void sweepInput(int now) {
		int due = Math.min(sweepFrame(now), sweepIdle(now));
		due = Math.min(due, sweepHeartbeat(now));
		due = Math.min(due, sweepLogin(now));
		due(Math.min(due, sweepLifetime(now)));
	}

	private int sweepIdle(int now) {
		int ticks = this.home.idleTicks;
		if (ticks == 0) {
			return ConnectionSweep.NEVER;
		}
		if ((this.paused & ~PAUSED_BY_USER) != 0) {
			return now + ticks;
		}
		int due = lastRead() + ticks;
		if (now >= due) {
			close(CloseReason.IDLE);
		}
		return due;
	}

	private int sweepHeartbeat(int now) {
		int ticks = this.home.heartbeatTicks;
		if (ticks == 0) {
			return ConnectionSweep.NEVER;
		}
		int due = Math.max(lastRead(), lastWrite()) + ticks - spread(this.home.heartbeatSpread);
		if (now < due || state() != ConnectionState.OPEN) {
			return due;
		}
		if (this.channel.isWritable()) {
			writePing();
		}
		return now + ticks;
	}

	private int sweepLogin(int now) {
		if (this.home.loginTicks == 0 || this.loginChecked) {
			return ConnectionSweep.NEVER;
		}
		int due = openedTick() + this.home.loginTicks;
		if (now < due) {
			return due;
		}
		this.loginChecked = true;
		if (user().isEmpty()) {
			close(CloseReason.LOGIN_TIMEOUT);
		}
		return ConnectionSweep.NEVER;
	}

	private int sweepLifetime(int now) {
		int ticks = this.home.lifetimeTicks;
		if (ticks == 0) {
			return ConnectionSweep.NEVER;
		}
		int due = openedTick() + ticks - spread(ticks / 10);
		if (now >= due) {
			close(CloseReason.MAX_LIFETIME);
		}
		return due;
	}

	private int spread(int range) {
		return (range > 0) ? (spread() * 0x9E3779B9 >>> 1) % range : 0;
	}

	@Override
	public long messagesReceived() {
		return this.messagesReceived;
	}

	@Override
	public long bytesReceived() {
		return this.bytesReceived;
	}

}
