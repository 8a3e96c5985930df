package dev.holdfast.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.FrameTooLargeException;
import dev.holdfast.codec.FramingException;
import dev.holdfast.connection.CloseReason;

/**
 * A connection that cuts frames out of the bytes it has received and keeps the rest. All
 * frames of a read are handled before their replies are flushed once. Confined to the
 * connection's event loop, but for the methods of
 * {@link dev.holdfast.connection.SocketConnection}.
 */
abstract class StreamConnection extends InboundConnection {

	private static final int MIN_CUMULATION = 256;

	private @Nullable ByteBuf cumulation;

	private boolean decoding;

	private boolean exhausted;

	StreamConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	/**
	 * Handle the next frame and move the reader index behind it.
	 * @param in the bytes that were received, at least one of them readable
	 * @return whether there was one and more may follow
	 */
	abstract boolean decodeNext(ByteBuf in);

	/**
	 * Forget what is known about the bytes that were received, because they are gone.
	 */
	abstract void forgetInput();

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf in) || state() != ConnectionState.OPEN) {
			ReferenceCountUtil.release(message);
			return;
		}
		beginBatch();
		received(in.readableBytes());
		keep(in);
		decode();
	}

	/**
	 * Keep bytes until they are decoded.
	 * @param in the bytes, whose reference is taken over
	 */
	final void keep(ByteBuf in) {
		if (this.cumulation == null) {
			this.cumulation = in;
		}
		else {
			append(this.cumulation, in);
		}
	}

	private void append(ByteBuf cumulation, ByteBuf in) {
		try {
			ByteBuf target = (cumulation.refCnt() == 1) ? cumulation : copy(cumulation);
			if (target.writableBytes() < in.readableBytes()) {
				target.discardReadBytes();
			}
			target.writeBytes(in);
		}
		finally {
			in.release();
		}
	}

	private ByteBuf copy(ByteBuf buffer) {
		ByteBuf copy = buffer.alloc().directBuffer(Math.max(buffer.readableBytes() * 2, MIN_CUMULATION));
		this.cumulation = copy.writeBytes(buffer);
		buffer.release();
		return copy;
	}

	@Override
	void decode() {
		this.decoding = true;
		try {
			boolean found = true;
			while (found && !isPaused() && this.cumulation != null && state() == ConnectionState.OPEN) {
				found = this.cumulation.isReadable() && decodeNext(this.cumulation);
				if (found && this.home.loop.isTurnOver()) {
					endTurn();
				}
			}
			this.exhausted = !found && !isPaused();
		}
		catch (FrameTooLargeException ex) {
			close(CloseReason.FRAME_TOO_LARGE);
		}
		catch (FramingException ex) {
			close(CloseReason.BAD_FRAME);
		}
		catch (RuntimeException ex) {
			this.home.server.failed(this, ex);
			close(CloseReason.BAD_FRAME);
		}
		finally {
			this.decoding = false;
			this.home.loop.context.clear();
			keepRest();
		}
	}

	/**
	 * Note that a frame was begun and must be finished in time.
	 */
	final void frameBegan() {
		if (inputDue() == 0 && this.home.frameTicks > 0) {
			awaitInput(LoopClock.tick(decodedAt()) + this.home.frameTicks);
		}
	}

	final void frameEnded() {
		inputCame();
	}

	private void keepRest() {
		ByteBuf rest = this.cumulation;
		if (rest == null) {
			return;
		}
		if (!rest.isReadable() || state() != ConnectionState.OPEN) {
			this.cumulation = null;
			rest.release();
			forgetInput();
		}
		else if (rest.readableBytes() < rest.capacity() / 2) {
			copy(rest);
		}
	}

	@Override
	boolean hasInput() {
		return this.cumulation != null && !this.exhausted;
	}

	@Override
	int sweepFrame(int now) {
		if (inputDue() == 0) {
			return ConnectionSweep.NEVER;
		}
		if (isHeldUp()) {
			awaitInput(now + this.home.frameTicks);
		}
		else if (now >= inputDue()) {
			close(CloseReason.FRAME_TIMEOUT);
		}
		return inputDue();
	}

	@Override
	void discardInput() {
		ByteBuf rest = this.cumulation;
		if (rest != null && !this.decoding) {
			this.cumulation = null;
			rest.release();
			forgetInput();
		}
	}

}
