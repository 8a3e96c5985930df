package dev.holdfast.sample.world;

import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Transport of Vert.x whose channels join the flushes of queries that are sent one behind
 * the other, and let their answers gather. Thread-safe.
 */
final class JoiningTransport implements Transport {

	private static final int MOST_FLUSHES = 256;

	private final Transport delegate;

	private final CallerLoops loops;

	private JoiningTransport(Transport delegate, CallerLoops loops) {
		this.delegate = delegate;
		this.loops = loops;
	}

	/**
	 * Return the best transport of this machine, joining flushes.
	 * @param loops the loops on which channels live, if they are opened there
	 * @return a transport to build a Vert.x with
	 */
	static io.vertx.core.transport.Transport create(CallerLoops loops) {
		io.vertx.core.transport.Transport found = io.vertx.core.transport.Transport.nativeTransport();
		io.vertx.core.transport.Transport best = (found != null) ? found : io.vertx.core.transport.Transport.NIO;
		return new Named(best, new JoiningTransport(best.implementation(), loops));
	}

	@Override
	public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
		ChannelFactory<? extends Channel> factory = this.delegate.channelFactory(domainSocket);
		return () -> {
			Channel channel = factory.newChannel();
			channel.pipeline()
				.addFirst(new FlushConsolidationHandler(MOST_FLUSHES, true), new AnswerGathering(this.loops));
			return channel;
		};
	}

	@Override
	public boolean supportsDomainSockets() {
		return this.delegate.supportsDomainSockets();
	}

	@Override
	public boolean supportFileRegion() {
		return this.delegate.supportFileRegion();
	}

	@Override
	public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
		return this.delegate.convert(address);
	}

	@Override
	public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
		return this.delegate.convert(address);
	}

	@Override
	public IoHandlerFactory ioHandlerFactory() {
		return this.delegate.ioHandlerFactory();
	}

	@Override
	public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
		EventLoopGroup group = this.delegate.eventLoopGroup(type, threads, factory, ioRatio);
		return (type == IO_EVENT_LOOP_GROUP) ? this.loops.before(group) : group;
	}

	@Override
	public DatagramChannel datagramChannel() {
		return this.delegate.datagramChannel();
	}

	@Override
	@SuppressWarnings("deprecation")
	public DatagramChannel datagramChannel(InternetProtocolFamily family) {
		return this.delegate.datagramChannel(family);
	}

	@Override
	public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
		return this.delegate.serverChannelFactory(domainSocket);
	}

	@Override
	public void configure(DatagramChannel channel, DatagramSocketOptions options) {
		this.delegate.configure(channel, options);
	}

	@Override
	public void configure(ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
		this.delegate.configure(options, connectTimeout, domainSocket, bootstrap);
	}

	@Override
	public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
		this.delegate.configure(options, domainSocket, bootstrap);
	}

	/**
	 * A transport under the name of another. Immutable.
	 *
	 * @param named what has the name
	 * @param implementation what does the work
	 */
	private record Named(io.vertx.core.transport.Transport named,
			Transport implementation) implements io.vertx.core.transport.Transport {

		@Override
		public String name() {
			return this.named.name();
		}

		@Override
		public boolean available() {
			return this.named.available();
		}

		@Override
		public @Nullable Throwable unavailabilityCause() {
			return this.named.unavailabilityCause();
		}

	}

}
