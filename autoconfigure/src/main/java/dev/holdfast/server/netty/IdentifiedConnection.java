package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

import dev.holdfast.connection.Handshake;

/**
 * The part of a connection that says which one it is: its slot, its addresses and its
 * times. Thread-safe.
 */
abstract class IdentifiedConnection extends ExchangingConnection {

	private int slot = -1;

	private int generation;

	private final long openedAt = System.currentTimeMillis();

	private int openedTick = LoopClock.tick();

	private int lastRead = this.openedTick;

	IdentifiedConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

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

	final int slot() {
		return this.slot;
	}

	final void opened(int tick) {
		this.openedTick = tick;
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
