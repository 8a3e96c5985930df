package dev.holdfast.server.netty;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

import dev.holdfast.server.ServerBindException;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.SocketOptions;
import dev.holdfast.server.SocketServerCustomizer;

/**
 * How a server begins to listen. Immutable.
 *
 * @param definition the definition of the server
 * @param node what it shares with others
 * @param customizers beans of the application that change it
 * @param accept takes the channel of each connection
 */
record ServerBinding(ServerDefinition definition, NettyNode node, List<SocketServerCustomizer> customizers,
		Consumer<Channel> accept) {

	/**
	 * Listen.
	 * @param address the port or the path
	 * @return what listens
	 * @throws ServerBindException if that is not possible
	 */
	DisposableServer bind(SocketAddress address) {
		TcpServer tcp = configure(address);
		try {
			return (address instanceof UnixDomainSocketAddress unix) ? bind(new UnixSocketFile(unix.getPath()), tcp)
					: tcp.bindNow();
		}
		catch (IOException | RuntimeException ex) {
			throw new ServerBindException(this.definition.name(), address, ex);
		}
	}

	private DisposableServer bind(UnixSocketFile file, TcpServer tcp) throws IOException {
		if (this.node.io() == IoTransport.IO_URING) {
			throw new UnsupportedOperationException("Unix domain sockets need another 'holdfast.io' than 'io-uring'");
		}
		file.removeStale();
		DisposableServer bound = tcp.bindNow();
		try {
			file.permit(this.definition.options().unixPermissions());
			return bound;
		}
		catch (IOException | RuntimeException ex) {
			bound.disposeNow();
			throw ex;
		}
	}

	private TcpServer configure(SocketAddress address) {
		SocketOptions options = this.definition.options();
		TcpServer tcp = SocketOptionsMapper.apply(options,
				TcpServer.create()
					.bindAddress(() -> ChannelAddresses.listen(address, this.node.io()))
					.runOn(this.node.group())
					.wiretap(this.definition.logging().wire())
					.doOnChannelInit((observer, channel, remoteAddress) -> this.accept.accept(channel)));
		tcp = (address instanceof UnixDomainSocketAddress) ? SocketOptionsMapper.applyUnix(options, this.node.io(), tcp)
				: SocketOptionsMapper.applyTcp(options, this.node.io(), tcp);
		tcp = SocketOptionsMapper.apply(this.definition.limits().outbound(), tcp);
		for (SocketServerCustomizer customizer : this.customizers) {
			tcp = customizer.customize(this.definition, tcp);
		}
		return tcp;
	}

}
