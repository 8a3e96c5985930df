package dev.holdfast.server.netty;

import java.io.IOException;

import javax.net.ssl.SSLException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.holdfast.connection.ClientText;
import dev.holdfast.connection.CloseReason;
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
abstract class NettyConnection extends IdentifiedConnection {

	private static final Log logger = LogFactory.getLog(NettyConnection.class);

	private Closing closing = Closing.NONE;

	private boolean inputShutdown;

	private boolean opened;

	private volatile boolean draining;

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

	/**
	 * Write what tells the peer that the connection ends, behind all messages.
	 * @param reason why it ends
	 */
	void writeClose(CloseReason reason) {
	}

	/**
	 * Whether the peer will send nothing more.
	 * @return whether it has ended its half
	 */
	boolean hasInputEnded() {
		return this.inputShutdown;
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
			inputCame();
			opened(LoopClock.tick());
			state(ConnectionState.OPEN);
			this.home.enter(System.nanoTime());
			this.home.server.opened(this);
			callOpen();
			this.home.loop.exit();
			if (state() == ConnectionState.OPEN) {
				sweepInput(openedTick());
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
		if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
			this.inputShutdown = true;
			this.home.loop.ends.add(this);
		}
		ReferenceCountUtil.release(event);
	}

	/**
	 * End the connection once the peer has ended its half, or the server is draining, and
	 * all that was read is answered.
	 */
	final void inputEnded() {
		if (this.inputShutdown && state() == ConnectionState.LINGERING) {
			this.channel.close();
		}
		else if (this.inputShutdown && state() == ConnectionState.NEW) {
			closeInOrder(CloseReason.CLIENT);
		}
		else if ((hasInputEnded() || this.draining) && state() == ConnectionState.OPEN && isHandled()) {
			sayGoodbye();
			closeInOrder(this.draining ? CloseReason.SHUTDOWN : CloseReason.CLIENT);
		}
	}

	private void sayGoodbye() {
		String goodbye = this.draining ? this.home.server.goodbye() : null;
		if (goodbye != null) {
			send(goodbye);
		}
	}

	/**
	 * Read no more, answer what was read, and close.
	 */
	final void drain() {
		execute(() -> {
			this.draining = true;
			if (state() == ConnectionState.NEW) {
				closeInOrder(CloseReason.SHUTDOWN);
			}
			else if (state() == ConnectionState.OPEN) {
				this.channel.config().setAutoRead(false);
				inputEnded();
			}
		});
	}

	final boolean isDraining() {
		return this.draining;
	}

	/**
	 * Close without regard to what was not sent yet.
	 * @param reason why the connection ends, unless it is closing already
	 */
	final void abortNow(CloseReason reason) {
		execute(() -> {
			if (this.closing == Closing.NONE) {
				this.closing = new Closing(reason);
			}
			abort();
		});
	}

	private boolean isHandled() {
		return isInputHandled() && isExchangeIdle();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
			logger.debug("Connection '%s' failed".formatted(id()), ClientText.loggable(cause));
		}
		else {
			this.home.server.failed(this, cause);
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
			this.home.loop.inbox.add(LoopTask.of(() -> closeInOrder(reason)));
		}
	}

	private void closeInOrder(CloseReason reason) {
		if (state().compareTo(ConnectionState.CLOSING) >= 0) {
			return;
		}
		this.closing = new Closing(reason);
		leave(ConnectionState.CLOSING);
		discardInput();
		if (reason.isAbort()) {
			abort();
		}
		else {
			flushThenShutdown(this.closing);
		}
	}

	/**
	 * Expect the end of what comes before the connection is opened.
	 */
	final void awaitHandshake() {
		awaitWithin(this.home.frameTicks);
	}

	/**
	 * Expect the end of a part of what comes before the connection is opened.
	 * @param ticks how long it may take, 0 for any time
	 */
	final void awaitWithin(int ticks) {
		if (ticks > 0) {
			awaitInput(LoopClock.tick() + ticks);
		}
	}

	private void sweepNew(int now) {
		if (inputDue() != 0 && now >= inputDue()) {
			handshakeLate(this.channel.pipeline());
		}
		else if (inputDue() != 0) {
			due(inputDue());
		}
	}

	private void handshakeLate(ChannelPipeline pipeline) {
		TlsGate tls = pipeline.get(TlsGate.class);
		if (tls != null && pipeline.get(ProxyGate.class) == null) {
			tls.late();
		}
		else {
			closeInOrder(CloseReason.FRAME_TIMEOUT);
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

	private void flushThenShutdown(Closing closing) {
		closing.due = LoopClock.tick() + Math.max(this.home.closeTicks, 1);
		due(LoopClock.tick());
		this.channel.config().setAutoRead(true);
		if (hasQueued()) {
			this.home.loop.inbox.add(LoopTask.of(() -> flushAll(closing)));
		}
		else {
			flushAll(closing);
		}
	}

	private void flushAll(Closing closing) {
		writeClose(closing.reason);
		ChannelPromise promise = this.channel.newPromise();
		promise.addListener((future) -> shutdownOutput(closing));
		flush(promise);
		closing.unsent = unsentBytes();
	}

	private void shutdownOutput(Closing closing) {
		if (state() != ConnectionState.CLOSING) {
			return;
		}
		state(ConnectionState.LINGERING);
		if (this.inputShutdown || this.home.closeTicks == 0 || !(this.channel instanceof DuplexChannel duplex)) {
			this.channel.close();
		}
		else {
			endOutput(duplex);
			closing.due = LoopClock.tick() + this.home.closeTicks;
			due(closing.due);
		}
	}

	private void endOutput(DuplexChannel duplex) {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.closeOutbound().addListener((closed) -> duplex.shutdownOutput());
		}
		else {
			duplex.shutdownOutput();
		}
	}

	/**
	 * Close with a reset. A channel that is closed already is left alone: the number of
	 * its descriptor may be that of another connection by now.
	 */
	private void abort() {
		if (this.channel.isOpen()) {
			try {
				this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
			}
			catch (RuntimeException ex) {
				logger.debug("Connection is gone already", ex);
			}
			this.channel.close();
		}
	}

	private void finish() {
		if (state() == ConnectionState.CLOSED) {
			return;
		}
		CloseReason reason = this.closing.reason;
		leave(ConnectionState.CLOSED);
		discardInput();
		releaseOutbound();
		this.home.loop.unregister(this);
		this.home.counters.closed[reason.ordinal()]++;
		this.home.server.closed(this, reason, this.opened);
	}

	final void sweep(int now) {
		if (state() == ConnectionState.OPEN) {
			sweepInput(now);
		}
		else if (state() == ConnectionState.NEW) {
			sweepNew(now);
		}
		else if (state() != ConnectionState.CLOSED) {
			sweepClosing(this.closing, now);
		}
	}

	private void sweepClosing(Closing closing, int now) {
		long unsent = unsentBytes();
		if (state() == ConnectionState.CLOSING && unsent < closing.unsent) {
			closing.unsent = unsent;
			closing.due = now + Math.max(this.home.closeTicks, 1);
		}
		if (now < closing.due) {
			due(now);
		}
		else {
			this.channel.close();
		}
	}

	@Override
	Memberships memberships() {
		return this.home.server.memberships();
	}

}
