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

	private boolean admitted;

	private int slot = -1;

	private int generation;

	private final long openedAt = System.currentTimeMillis();

	private int openedTick = LoopClock.tick();

	private int lastRead = this.openedTick;

	private int inputDue;

	IdentifiedConnection(Channel channel, ServerLoop home) {
		super(channel, home);
	}

	void slot(int slot, int generation) {
		this.slot = slot;
		this.generation = generation;
	}

	final int generation() {
		return this.generation;
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
		InetAddress before = admitted();
		if (client != null) {
			told(client);
		}
		this.admitted = this.home.server.readmit(before, address());
		if (!this.admitted) {
			close(CloseReason.LIMIT_REACHED);
		}
		return this.admitted;
	}

	private @Nullable InetAddress address() {
		return (remoteAddress() instanceof InetSocketAddress remote) ? remote.getAddress() : null;
	}

	/**
	 * Remember that the address of the client counts against the limits.
	 */
	final void admit() {
		this.admitted = true;
	}

	/**
	 * Return the address that counts against the limits.
	 * @return the address of the client, or {@code null} if it does not count
	 */
	final @Nullable InetAddress admitted() {
		return this.admitted ? address() : null;
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

	/**
	 * Expect the rest of what the peer has begun to send.
	 * @param due the tick by which it must have come
	 */
	final void awaitInput(int due) {
		this.inputDue = due;
		due(due);
	}

	/**
	 * Note that what was expected has come.
	 */
	final void inputCame() {
		this.inputDue = 0;
	}

	/**
	 * Return when what the peer has begun to send must have come.
	 * @return the tick, 0 if nothing was begun
	 */
	final int inputDue() {
		return this.inputDue;
	}

	final void due(int tick) {
		this.home.loop.due(slot(), tick);
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
		SocketAddress client = client();
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
