package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Handshake;

/**
 * The part of a connection that says which one it is: its slot, its addresses and its
 * times. Thread-safe.
 */
abstract class IdentifiedConnection extends ExchangingConnection {

	private volatile @Nullable SocketAddress client;

	private @Nullable InetAddress admitted;

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

	/**
	 * Take the address of the client, which counts against the limits from now on.
	 * @param client the address that a proxy tells, {@code null} for that of the peer
	 * @return whether the client is let in; the connection is closed otherwise
	 */
	final boolean client(@Nullable SocketAddress client) {
		if (client != null) {
			this.client = client;
		}
		InetAddress address = (remoteAddress() instanceof InetSocketAddress remote) ? remote.getAddress() : null;
		boolean admitted = this.home.server.readmit(this.admitted, address);
		this.admitted = admitted ? address : null;
		if (!admitted) {
			close(CloseReason.LIMIT_REACHED);
		}
		return admitted;
	}

	/**
	 * Remember the address that counts against the limits.
	 * @param address the address
	 */
	final void admitted(InetAddress address) {
		this.admitted = address;
	}

	final @Nullable InetAddress admitted() {
		return this.admitted;
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
		SocketAddress client = this.client;
		return (client != null) ? client : ChannelAddresses.remote(this.channel);
	}

	@Override
	public SocketAddress localAddress() {
		return ChannelAddresses.local(this.channel);
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
