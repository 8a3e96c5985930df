package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpServer;

import dev.holdfast.server.SocketServerCustomizer;

/**
 * {@link ListeningSocket} on a Reactor Netty {@link TcpServer} that the application can
 * change. The reactive bridge is taken out of each pipeline. Thread-safe.
 *
 * @param server the server
 */
record ReactorListeningSocket(DisposableServer server) implements ListeningSocket {

	private static final Log logger = LogFactory.getLog(ReactorListeningSocket.class);

	/**
	 * Let the application change a server.
	 * @param binding how the server begins to listen
	 * @param address the port or the path
	 * @return what listens once it is asked for
	 */
	static Supplier<ListeningSocket> prepare(ServerBinding binding, SocketAddress address) {
		TcpServer tcp = binding.options(address)
			.apply(TcpServer.create()
				.bindAddress(() -> ChannelAddresses.listen(address, binding.node().io()))
				.runOn(binding.node().group())
				.wiretap(binding.definition().logging().wire())
				.doOnChannelInit((observer, channel, remoteAddress) -> {
					channel.pipeline().remove(NettyPipeline.ReactiveBridge);
					binding.begin(channel, address);
				}));
		for (SocketServerCustomizer customizer : binding.customizers()) {
			tcp = customizer.customize(binding.definition(), tcp);
		}
		TcpServer customized = tcp;
		return () -> new ReactorListeningSocket(customized.bindNow());
	}

	@Override
	public Channel channel() {
		return this.server.channel();
	}

	@Override
	public void close() {
		try {
			this.server.disposeNow();
		}
		catch (IllegalStateException ex) {
			logger.warn("Listening socket %s is not closed, its event loop is held".formatted(channel()), ex);
		}
	}

}
