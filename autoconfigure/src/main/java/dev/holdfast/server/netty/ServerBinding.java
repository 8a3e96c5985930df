package dev.holdfast.server.netty;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.Channel;

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
	 * Listen. Unless the application changes the server, clients wait in the backlog
	 * until the channel is made to read automatically. Errors of what the application
	 * changes are not caught.
	 * @param address the port or the path
	 * @return what listens
	 * @throws ServerBindException if that is not possible
	 */
	ListeningSocket bind(SocketAddress address) {
		Supplier<ListeningSocket> listening = prepare(address);
		try {
			return (address instanceof UnixDomainSocketAddress unix)
					? bind(new UnixSocketFile(unix.getPath()), listening) : listening.get();
		}
		catch (Exception ex) {
			throw new ServerBindException(this.definition.name(), address, ex);
		}
	}

	private ListeningSocket bind(UnixSocketFile file, Supplier<ListeningSocket> listening) throws IOException {
		if (this.node.io() == IoTransport.IO_URING) {
			throw new UnsupportedOperationException("Unix domain sockets need another 'holdfast.io' than 'io-uring'");
		}
		file.removeStale();
		ListeningSocket socket = listening.get();
		try {
			file.permit(this.definition.options().unixPermissions());
			return socket;
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	private Supplier<ListeningSocket> prepare(SocketAddress address) {
		return (this.customizers.isEmpty() && !this.definition.logging().wire())
				? () -> NettyListeningSocket.open(this, address) : ReactorListeningSocket.prepare(this, address);
	}

	/**
	 * Return the options of the sockets.
	 * @param address the port or the path
	 * @return the options
	 */
	ChannelOptions options(SocketAddress address) {
		ChannelOptions target = new ChannelOptions();
		SocketOptions options = this.definition.options();
		SocketOptionsMapper.map(options, target);
		if (address instanceof UnixDomainSocketAddress) {
			SocketOptionsMapper.mapUnix(options, this.node.io(), target);
		}
		else {
			SocketOptionsMapper.mapTcp(options, this.node.io(), target);
		}
		SocketOptionsMapper.map(this.definition.limits().outbound(), target);
		return target;
	}

	/**
	 * Take a connection over.
	 * @param channel its channel, whose pipeline is still empty
	 * @param address the port or the path that it came to
	 */
	void begin(Channel channel, SocketAddress address) {
		if (address instanceof UnixDomainSocketAddress && !this.node.io().isNative()) {
			SocketOptionsMapper.allowHalfClosure(channel);
		}
		this.accept.accept(channel);
	}

}
