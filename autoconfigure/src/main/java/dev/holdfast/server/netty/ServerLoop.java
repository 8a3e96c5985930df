package dev.holdfast.server.netty;

import dev.holdfast.codec.Framing;
import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.handler.ServerHandlers;
import dev.holdfast.limit.OverflowPolicy;
import dev.holdfast.limit.ServerLimits;
import dev.holdfast.server.ServerDefinition;

/**
 * One server on one event loop: what its connections there have in common. Confined to
 * the connection's event loop, but for its final fields.
 */
final class ServerLoop {

	final ConnectionLoop loop;

	final NettySocketServer server;

	final ServerCounters counters = new ServerCounters();

	final String name;

	final Framing framing;

	final PayloadConverter converter;

	final ServerHandlers handlers;

	final int maxWaiting;

	final int concurrency;

	final int frameTicks;

	final int closeTicks;

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
		this.handlers = definition.handlers();
		this.maxWaiting = limits.handling().maxWaiting();
		this.concurrency = limits.handling().concurrency();
		this.frameTicks = LoopClock.ticks(limits.deadlines().frame());
		this.closeTicks = LoopClock.ticks(limits.deadlines().close());
		this.maxPending = (limits.outbound().maxPending() > 0) ? limits.outbound().maxPending() : Long.MAX_VALUE;
		this.closeOnOverflow = limits.outbound().onOverflow() == OverflowPolicy.CLOSE;
	}

}
