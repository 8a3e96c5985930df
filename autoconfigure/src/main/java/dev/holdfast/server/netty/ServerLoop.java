package dev.holdfast.server.netty;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.Framing;
import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.connection.WebSocketMessage;
import dev.holdfast.handler.ServerHandlers;
import dev.holdfast.limit.Heartbeat;
import dev.holdfast.limit.OverflowPolicy;
import dev.holdfast.limit.ServerLimits;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.WebSocketOptions;

/**
 * One server on one event loop: what its connections there have in common. Confined to
 * the connection's event loop, but for its final fields.
 */
final class ServerLoop {

	private static final int MIN_SPREAD_TICKS = LoopClock.ticks(Duration.ofSeconds(8));

	final ConnectionLoop loop;

	final NettySocketServer server;

	final ServerCounters counters = new ServerCounters();

	final String name;

	final Framing framing;

	final PayloadConverter converter;

	final @Nullable WebSocketOptions webSocket;

	final WebSocketFrame webSocketFrame;

	final ServerHandlers handlers;

	final int maxWaiting;

	final int concurrency;

	final int frameTicks;

	final int handshakeTicks;

	final int closeTicks;

	final int idleTicks;

	final int loginTicks;

	final int lifetimeTicks;

	final int heartbeatTicks;

	final int heartbeatSpread;

	final @Nullable RateBucket rate;

	private @Nullable ByteBuf heartbeat;

	final long maxPending;

	final boolean closeOnOverflow;

	ServerLoop(ConnectionLoop loop, NettySocketServer server) {
		ServerDefinition definition = server.definition();
		ServerLimits limits = definition.limits();
		this.loop = loop;
		this.server = server;
		this.name = definition.name();
		this.framing = definition.protocol().framing();
		this.converter = definition.protocol().converter();
		this.webSocket = definition.protocol().webSocket();
		this.webSocketFrame = new WebSocketFrame((this.webSocket != null) ? this.webSocket.maxFrameLength() : 0);
		this.handlers = definition.handlers();
		this.maxWaiting = limits.handling().maxWaiting();
		this.concurrency = limits.handling().concurrency();
		this.frameTicks = LoopClock.ticks(limits.deadlines().frame());
		this.handshakeTicks = (definition.entrance().tls() != null)
				? LoopClock.ticks(definition.entrance().tls().handshakeTimeout()) : 0;
		this.closeTicks = LoopClock.ticks(limits.deadlines().close());
		this.idleTicks = LoopClock.ticks(limits.deadlines().idle());
		this.loginTicks = LoopClock.ticks(limits.deadlines().login());
		this.lifetimeTicks = LoopClock.ticks(limits.deadlines().maxLifetime());
		this.heartbeatTicks = (limits.heartbeat() != null) ? LoopClock.ticks(limits.heartbeat().interval()) : 0;
		this.heartbeatSpread = (this.heartbeatTicks >= MIN_SPREAD_TICKS) ? this.heartbeatTicks / 5 : 0;
		this.rate = (limits.rate() != null) ? new RateBucket(limits.rate()) : null;
		this.maxPending = (limits.outbound().maxPending() > 0) ? limits.outbound().maxPending() : Long.MAX_VALUE;
		this.closeOnOverflow = limits.outbound().onOverflow() == OverflowPolicy.CLOSE;
	}

	/**
	 * Tell that handlers of this server may hold the loop from now on.
	 * @param nanoTime the time
	 */
	void enter(long nanoTime) {
		this.loop.enter(nanoTime, this.name);
	}

	/**
	 * Return the framed heartbeat, which all connections share.
	 * @return the frame, or {@code null} if the transport has pings of its own
	 */
	@Nullable ByteBuf heartbeat() {
		Heartbeat heartbeat = this.server.definition().limits().heartbeat();
		if (this.heartbeat == null && heartbeat != null && heartbeat.payload() != null) {
			this.heartbeat = Unpooled.unreleasableBuffer(frame(heartbeat.payload()));
		}
		return this.heartbeat;
	}

	private ByteBuf frame(String payload) {
		try {
			ByteBuf frame = Unpooled.buffer();
			encode(payload, frame);
			ByteBuffer direct = ByteBuffer.allocateDirect(frame.readableBytes());
			return Unpooled.wrappedBuffer(direct.put(frame.nioBuffer()).flip());
		}
		catch (Exception ex) {
			throw new IllegalStateException("Heartbeat cannot be encoded", ex);
		}
	}

	/**
	 * Append a framed message to a buffer, or leave the buffer as it was.
	 * @param message the message
	 * @param out the buffer
	 * @throws Exception if the message cannot be encoded or framed
	 */
	void encode(Object message, ByteBuf out) throws Exception {
		int start = out.writerIndex();
		try {
			out.writeZero(this.framing.headerLength());
			this.converter.encode(WebSocketMessage.payloadOf(message), out);
			this.framing.complete(out, start);
		}
		catch (Throwable ex) {
			out.writerIndex(start);
			throw ex;
		}
	}

}
