package dev.holdfast.server.netty;

import java.util.Objects;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.FrameTooLargeException;
import dev.holdfast.codec.FramingException;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Handshake;
import dev.holdfast.server.WebSocketOptions;

/**
 * A connection whose messages travel in WebSocket frames, after an upgrade from HTTP.
 * Confined to the connection's event loop, but for the methods of
 * {@link dev.holdfast.connection.SocketConnection}.
 */
final class WebSocketConnection extends StreamConnection {

	private @Nullable WebSocketUpgrade upgrade;

	private volatile @Nullable WebSocketHandshake handshake;

	private @Nullable MessageDeflate compression;

	private @Nullable WebSocketFragments fragments;

	private @Nullable ByteBuf held;

	private boolean heldText;

	private @Nullable WebSocketClose close;

	private boolean peerClosed;

	WebSocketConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	private WebSocketOptions options() {
		return Objects.requireNonNull(this.home.webSocket);
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.channel.remoteAddress();
		this.channel.localAddress();
		awaitHandshake();
		this.channel.config().setAutoRead(true);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (state() != ConnectionState.NEW) {
			super.channelRead(context, message);
		}
		else if (message instanceof HttpRequest request && this.upgrade == null) {
			this.channel.config().setAutoRead(false);
			this.upgrade = new WebSocketUpgrade(this, request, options());
			this.home.enter(System.nanoTime());
			this.upgrade.begin();
			this.home.loop.exit();
		}
		else if (message instanceof ByteBuf in && this.upgrade != null) {
			beginBatch();
			received(in.readableBytes());
			keep(in);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	void handshake(WebSocketHandshake handshake) {
		this.handshake = handshake;
	}

	/**
	 * Open the connection, because its upgrade was accepted.
	 * @param compression the compression that was agreed on
	 * @param user the user to bind or {@code null}
	 */
	void upgraded(@Nullable MessageDeflate compression, @Nullable String user) {
		this.compression = compression;
		this.upgrade = null;
		if (user != null) {
			bindUser(user);
		}
		open();
		dropHeaders();
		readIfAllowed();
	}

	private void dropHeaders() {
		WebSocketHandshake handshake = this.handshake;
		if (handshake != null && !options().keepHeaders() && isExchangeIdle()) {
			handshake.dropHeaders();
		}
	}

	@Override
	public Optional<Handshake> handshake() {
		return Optional.ofNullable(this.handshake);
	}

	@Override
	void decode() {
		if (this.held == null || deliverHeld(this.held)) {
			super.decode();
		}
		dropHeaders();
		if (this.peerClosed) {
			this.home.loop.ends.add(this);
		}
	}

	private boolean deliverHeld(ByteBuf message) {
		this.held = null;
		try {
			return deliver(message, message.readerIndex(), message.readableBytes(), this.heldText);
		}
		finally {
			message.release();
		}
	}

	@Override
	boolean decodeNext(ByteBuf in) {
		WebSocketFrame frame = this.home.webSocketFrame;
		if (this.peerClosed) {
			in.skipBytes(in.readableBytes());
			return false;
		}
		if (!frame.next(in, this.compression != null)) {
			frameBegan();
			return false;
		}
		in.readerIndex(frame.end());
		boolean more = frame.isControl() ? control(in, frame) : data(in, frame);
		if (this.fragments == null) {
			frameEnded();
		}
		return more;
	}

	private boolean data(ByteBuf in, WebSocketFrame frame) {
		boolean first = frame.opcode() != WebSocketFrame.CONTINUATION;
		if (first == (this.fragments != null)) {
			throw new FramingException("Frame does not continue its message");
		}
		if (!first || !frame.isLast() || frame.isCompressed()) {
			return fragment(in, frame);
		}
		if (frame.length() > options().maxMessageLength()) {
			throw new FrameTooLargeException(options().maxMessageLength());
		}
		boolean text = frame.opcode() == WebSocketFrame.TEXT;
		checkText(text, in, frame.offset(), frame.end());
		return deliver(in, frame.offset(), frame.length(), text);
	}

	private boolean fragment(ByteBuf in, WebSocketFrame frame) {
		WebSocketFragments fragments = this.fragments;
		if (fragments == null) {
			fragments = new WebSocketFragments(this.channel.alloc(), frame);
			this.fragments = fragments;
			frameBegan();
		}
		if (!fragments.append(in, frame, options().maxMessageLength())) {
			throw badText();
		}
		if (!frame.isLast()) {
			return true;
		}
		this.fragments = null;
		try {
			return fragments.isCompressed() ? inflate(fragments)
					: deliver(fragments.payload(), 0, fragments.payload().readableBytes(), fragments.isText());
		}
		finally {
			fragments.release();
		}
	}

	private boolean inflate(WebSocketFragments fragments) {
		ByteBuf message = inflated(fragments.payload());
		try {
			checkText(fragments.isText(), message, 0, message.readableBytes());
			return deliver(message, 0, message.readableBytes(), fragments.isText());
		}
		finally {
			message.release();
		}
	}

	private ByteBuf inflated(ByteBuf payload) {
		MessageDeflate compression = this.compression;
		if (compression == null) {
			throw new FramingException("No compression was agreed on");
		}
		try {
			return compression.inflate(payload, options().maxMessageLength());
		}
		catch (FrameTooLargeException ex) {
			throw ex;
		}
		catch (FramingException ex) {
			this.close = WebSocketClose.BAD_PAYLOAD;
			throw ex;
		}
	}

	private void checkText(boolean text, ByteBuf in, int begin, int end) {
		if (text && !Utf8.isValid(in, begin, end)) {
			throw badText();
		}
	}

	private FramingException badText() {
		this.close = WebSocketClose.BAD_PAYLOAD;
		return new FramingException("Text is not UTF-8");
	}

	private boolean deliver(ByteBuf in, int offset, int length, boolean text) {
		if (handle(in, offset, length, text)) {
			return true;
		}
		if (state() == ConnectionState.OPEN) {
			this.held = in.retainedSlice(offset, length);
			this.heldText = text;
		}
		return false;
	}

	private boolean control(ByteBuf in, WebSocketFrame frame) {
		if (frame.opcode() == WebSocketFrame.CLOSE) {
			this.close = WebSocketClose.read(in, frame.offset(), frame.length());
			if (this.close == WebSocketClose.BAD_PAYLOAD) {
				throw badText();
			}
			this.peerClosed = true;
			return false;
		}
		if (frame.opcode() == WebSocketFrame.PING) {
			uncountedBatch().writeByte(WebSocketFrame.FIN | WebSocketFrame.PONG)
				.writeByte(frame.length())
				.writeBytes(in, frame.offset(), frame.length());
			pauseUnlessWritable();
		}
		return true;
	}

	@Override
	void forgetInput() {
	}

	@Override
	boolean hasInput() {
		return this.held != null || super.hasInput();
	}

	@Override
	boolean hasInputEnded() {
		return this.peerClosed || super.hasInputEnded();
	}

	@Override
	int sweepFrame(int now) {
		int due = super.sweepFrame(now);
		WebSocketHandshake handshake = this.handshake;
		if (handshake != null && handshake.hasHeaders() && !options().keepHeaders()) {
			dropHeaders();
			return Math.min(due, now + 1);
		}
		return due;
	}

	@Override
	void writePing() {
		ByteBuf ping = this.home.heartbeat();
		int length = (ping != null) ? ping.readableBytes() : 0;
		ByteBuf frame = this.channel.alloc().directBuffer(2 + length);
		frame.writeByte(WebSocketFrame.FIN | WebSocketFrame.PING).writeByte(length);
		writeUncounted((ping != null) ? frame.writeBytes(ping.duplicate()) : frame);
	}

	@Override
	void discardInput() {
		super.discardInput();
		if (this.upgrade != null) {
			this.upgrade.cancel();
		}
		if (this.fragments != null) {
			this.fragments.release();
			this.fragments = null;
		}
		if (this.held != null) {
			this.held.release();
			this.held = null;
		}
		if (this.compression != null) {
			this.compression.release();
		}
	}

	@Override
	public void close(int code, String text) {
		WebSocketClose close = WebSocketClose.of(code, text);
		if (this.channel.eventLoop().inEventLoop()) {
			close(close);
		}
		else {
			this.home.loop.inbox.add(LoopTask.of(() -> close(close)));
		}
	}

	private void close(WebSocketClose close) {
		if (state() == ConnectionState.OPEN) {
			this.close = close;
			close(CloseReason.HANDLER);
		}
	}

	@Override
	void writeClose(CloseReason reason) {
		if (this.upgrade == null && this.handshake != null) {
			WebSocketClose close = this.close;
			writeUncounted(
					((close != null) ? close : WebSocketClose.of(reason.code(), "")).frame(this.channel.alloc()));
		}
	}

	@Override
	void encode(Object message, ByteBuf out) throws Exception {
		WebSocketEncoding.encode(message, out, this.home.converter, this.compression != null);
	}

	@Override
	ByteBuf encodeShared(Object message) {
		return WebSocketEncoding.encode(message, this.channel.alloc(), this.home.converter);
	}

}
