package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.BlockingOperationException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

/**
 * {@link ListeningSocket} on Netty alone, for a server that nothing of the application
 * changes: an application then loads no class of Reactor Netty, and none of Reactor for
 * its sake. Thread-safe.
 *
 * @param channel the channel of the socket
 */
record NettyListeningSocket(Channel channel) implements ListeningSocket {

	private static final long BIND_SECONDS = 45;

	private static final long CLOSE_SECONDS = 3;

	private static final Log logger = LogFactory.getLog(NettyListeningSocket.class);

	/**
	 * Listen.
	 * @param binding how the server begins to listen
	 * @param address the port or the path
	 * @return what listens
	 * @throws IllegalStateException if no event loop does so in time
	 */
	static ListeningSocket open(ServerBinding binding, SocketAddress address) {
		IoTransport io = binding.node().io();
		ChannelOptions options = binding.options(address);
		ServerBootstrap bootstrap = new ServerBootstrap().group(binding.node().group())
			.channelFactory(() -> listening(io.serverChannel(address), options))
			.option(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.AUTO_READ, false)
			.childHandler(new Initializer(binding, address, options));
		return new NettyListeningSocket(await(bootstrap.bind(ChannelAddresses.listen(address, io))));
	}

	private static ServerChannel listening(ServerChannel channel, ChannelOptions options) {
		options.applyListening(channel);
		return channel;
	}

	/**
	 * Wait until the socket listens. If it does not, it is closed, so that it cannot
	 * listen later.
	 * @param bound the binding under way
	 * @return the channel
	 */
	private static Channel await(ChannelFuture bound) {
		try {
			Assert.state(bound.awaitUninterruptibly(BIND_SECONDS, TimeUnit.SECONDS),
					() -> "Event loop did not bind the socket within %d s".formatted(BIND_SECONDS));
			return bound.syncUninterruptibly().channel();
		}
		catch (BlockingOperationException ex) {
			bound.channel().close();
			throw new IllegalStateException("A server cannot begin to listen on its own event loop", ex);
		}
		catch (IllegalStateException ex) {
			bound.channel().close();
			throw ex;
		}
	}

	@Override
	public void close() {
		ChannelFuture closed = this.channel.close();
		if (!this.channel.eventLoop().inEventLoop() && !closed.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS)) {
			logger.warn("Listening socket %s is not closed after %d s, its event loop is held".formatted(this.channel,
					CLOSE_SECONDS));
		}
	}

	/**
	 * Takes accepted connections over. Thread-safe.
	 */
	@ChannelHandler.Sharable
	private static final class Initializer extends ChannelInitializer<Channel> {

		private final ServerBinding binding;

		private final SocketAddress address;

		private final ChannelOptions options;

		Initializer(ServerBinding binding, SocketAddress address, ChannelOptions options) {
			this.binding = binding;
			this.address = address;
			this.options = options;
		}

		@Override
		protected void initChannel(Channel channel) {
			this.options.applyAccepted(channel);
			this.binding.begin(channel, this.address);
		}

	}

}
