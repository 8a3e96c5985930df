package dev.holdfast.server.netty;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.SocketConnection;

/**
 * A connection and, in one object, the handler at the end of its pipeline: the life of
 * the connection from accepting to the last count. How bytes become messages is left to
 * subclasses. Confined to the connection's event loop, but for the methods of
 * {@link SocketConnection}.
 *
 * <p>
 * A connection is closed in order by writing what was taken, then FIN, then discarding
 * input until the peer's FIN, because closing a socket with unread input would reset the
 * connection and destroy replies on their way.
 */
abstract class NettyConnection extends ExchangingConnection {

	private static final Log logger = LogFactory.getLog(NettyConnection.class);

	private int slot = -1;

	private int generation;

	private final long openedAt = System.currentTimeMillis();

	private int openedTick = LoopClock.tick();

	private int lastRead = this.openedTick;

	private @Nullable CloseReason closeReason;

	private int closeDue;

	private long closeUnsent;

	private boolean inputShutdown;

	private boolean opened;

	private boolean finished;

	NettyConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	/**
	 * Handle what is left of the input and release it.
	 */
	abstract void discardInput();

	/**
	 * Whether all that the peer sent before it ended its half has been answered.
	 * @return whether nothing is left to handle
	 */
	abstract boolean isInputHandled();

	/**
	 * Read from the peer unless something speaks against it.
	 */
	abstract void readIfAllowed();

	/**
	 * Check the deadlines of the input.
	 * @param now the current tick
	 */
	abstract void sweepInput(int now);

	void slot(int slot, int generation) {
		this.slot = slot;
		this.generation = generation;
	}

	boolean is(int slot, int generation) {
		return this.slot == slot && this.generation == generation;
	}

	boolean hasId(String id) {
		return id().equals(id);
	}

	int spread() {
		return this.slot * 31 + this.home.loop.index;
	}

	@Override
	NettyConnection self() {
		return this;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.channel.remoteAddress();
		this.channel.localAddress();
		open();
		readIfAllowed();
	}

	final void open() {
		if (state() == ConnectionState.NEW) {
			this.opened = true;
			this.openedTick = LoopClock.tick();
			state(ConnectionState.OPEN);
			this.home.loop.enter(System.nanoTime());
			this.home.server.opened(this);
			callOpen();
			this.home.loop.exit();
			if (state() == ConnectionState.OPEN) {
				sweepInput(this.openedTick);
			}
			flushLater();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		finish();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		finish();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event == ChannelInputShutdownEvent.INSTANCE) {
			this.inputShutdown = true;
			inputEnded();
		}
		ReferenceCountUtil.release(event);
	}

	/**
	 * End the connection once the peer has ended its half and got all its answers.
	 */
	final void inputEnded() {
		if (this.inputShutdown && (state() != ConnectionState.OPEN || isHandled())) {
			if (state() == ConnectionState.LINGERING) {
				this.channel.close();
			}
			else {
				closeInOrder(CloseReason.CLIENT);
			}
		}
	}

	private boolean isHandled() {
		return isInputHandled() && isExchangeIdle();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (!(cause instanceof IOException)) {
			logger.warn("Connection '%s' failed".formatted(id()), cause);
		}
		closeInOrder(CloseReason.TRANSPORT_ERROR);
	}

	@Override
	public void close() {
		close(CloseReason.HANDLER);
	}

	@Override
	public void close(int code, String text) {
		close(CloseReason.HANDLER);
	}

	@Override
	public void close(CloseReason reason) {
		if (this.channel.eventLoop().inEventLoop()) {
			closeInOrder(reason);
		}
		else {
			this.channel.eventLoop().execute(() -> closeInOrder(reason));
		}
	}

	private void closeInOrder(CloseReason reason) {
		if (state().compareTo(ConnectionState.CLOSING) >= 0) {
			return;
		}
		this.closeReason = reason;
		leave(ConnectionState.CLOSING);
		discardInput();
		if (reason.isAbort()) {
			abort();
		}
		else {
			flushThenShutdown();
		}
	}

	private void leave(ConnectionState state) {
		if (state() == ConnectionState.OPEN) {
			this.home.server.closing();
		}
		state(state);
		leaveAll();
		cancelExchanges();
	}

	private void flushThenShutdown() {
		this.closeDue = LoopClock.tick() + Math.max(this.home.closeTicks, 1);
		due(LoopClock.tick());
		this.channel.config().setAutoRead(true);
		if (hasQueued()) {
			this.channel.eventLoop().execute(this::flushAll);
		}
		else {
			flushAll();
		}
	}

	private void flushAll() {
		ChannelPromise promise = this.channel.newPromise();
		promise.addListener((future) -> shutdownOutput());
		flush(promise);
		this.closeUnsent = unsentBytes();
	}

	private void shutdownOutput() {
		if (state() != ConnectionState.CLOSING) {
			return;
		}
		state(ConnectionState.LINGERING);
		if (this.inputShutdown || this.home.closeTicks == 0 || !(this.channel instanceof DuplexChannel duplex)) {
			this.channel.close();
		}
		else {
			duplex.shutdownOutput();
			this.closeDue = LoopClock.tick() + this.home.closeTicks;
			due(this.closeDue);
		}
	}

	private void abort() {
		try {
			this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (RuntimeException ex) {
			logger.debug("Connection is gone already", ex);
		}
		this.channel.close();
	}

	private void finish() {
		if (this.finished) {
			return;
		}
		this.finished = true;
		CloseReason reason = (this.closeReason != null) ? this.closeReason : CloseReason.TRANSPORT_ERROR;
		leave(ConnectionState.CLOSED);
		discardInput();
		releaseOutbound();
		this.home.loop.unregister(this.slot);
		this.home.counters.closed[reason.ordinal()]++;
		this.home.server.closed(this, reason, this.opened);
	}

	final void sweep(int now) {
		if (state() == ConnectionState.OPEN) {
			sweepInput(now);
		}
		else if (state() == ConnectionState.CLOSING || state() == ConnectionState.LINGERING) {
			sweepClosing(now);
		}
	}

	private void sweepClosing(int now) {
		long unsent = unsentBytes();
		if (state() == ConnectionState.CLOSING && unsent < this.closeUnsent) {
			this.closeUnsent = unsent;
			this.closeDue = now + Math.max(this.home.closeTicks, 1);
		}
		if (now < this.closeDue) {
			due(now);
		}
		else {
			this.channel.close();
		}
	}

	final void due(int tick) {
		this.home.loop.due(this.slot, tick);
	}

	final int lastRead() {
		return this.lastRead;
	}

	final int openedTick() {
		return this.openedTick;
	}

	final void read(int tick) {
		this.lastRead = tick;
	}

	@Override
	Memberships memberships() {
		return this.home.server.memberships();
	}

	@Override
	public String id() {
		ConnectionLoop loop = this.home.loop;
		return loop.node + '-' + loop.index + '-' + this.slot + '-' + this.generation;
	}

	@Override
	public String server() {
		return this.home.name;
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.channel.remoteAddress();
	}

	@Override
	public SocketAddress localAddress() {
		return this.channel.localAddress();
	}

	@Override
	public Instant openedAt() {
		return Instant.ofEpochMilli(this.openedAt);
	}

	@Override
	public Duration idleTime() {
		return LoopClock.duration(Math.max(LoopClock.tick() - this.lastRead, 0));
	}

	@Override
	public Optional<Handshake> handshake() {
		return Optional.empty();
	}

	@Override
	public Optional<SSLSession> sslSession() {
		return Optional.ofNullable(this.channel.pipeline().get(SslHandler.class))
			.map((handler) -> handler.engine().getSession());
	}

	@Override
	public String toString() {
		return "%s[%s]".formatted(id(), this.home.name);
	}

}
