package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;

/**
 * {@link ListeningSocket} on Netty alone, for a server that nothing of the application
 * changes: an application then loads no class of Reactor Netty, and none of Reactor for
 * its sake. Thread-safe.
 *
 * @param channel the channel of the socket
 */
record NettyListeningSocket(Channel channel) implements ListeningSocket {

	private static final long CLOSE_SECONDS = 3;

	/**
	 * Listen.
	 * @param binding how the server begins to listen
	 * @param address the port or the path
	 * @return what listens
	 */
	static ListeningSocket open(ServerBinding binding, SocketAddress address) {
		IoTransport io = binding.node().io();
		ServerBootstrap bootstrap = new ServerBootstrap().group(binding.node().group())
			.channelFactory(() -> io.serverChannel(address))
			.childOption(ChannelOption.AUTO_READ, false)
			.childHandler(new Initializer(binding, address));
		binding.options(address).apply(bootstrap);
		return new NettyListeningSocket(
				bootstrap.bind(ChannelAddresses.listen(address, io)).syncUninterruptibly().channel());
	}

	@Override
	public void close() {
		ChannelFuture closed = this.channel.close();
		if (!this.channel.eventLoop().inEventLoop()) {
			closed.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
	}

	/**
	 * Takes accepted connections over. Thread-safe.
	 */
	@ChannelHandler.Sharable
	private static final class Initializer extends ChannelInitializer<Channel> {

		private final ServerBinding binding;

		private final SocketAddress address;

		Initializer(ServerBinding binding, SocketAddress address) {
			this.binding = binding;
			this.address = address;
		}

		@Override
		protected void initChannel(Channel channel) {
			this.binding.begin(channel, this.address);
		}

	}

}
