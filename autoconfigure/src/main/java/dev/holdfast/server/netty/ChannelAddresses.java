package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as the Java platform has them, whatever moves the bytes.
 */
final class ChannelAddresses {

	private static final SocketAddress UNNAMED = UnixDomainSocketAddress.of("");

	private static final SocketAddress UNKNOWN = new InetSocketAddress(0);

	private ChannelAddresses() {
	}

	/**
	 * Return the address of the peer.
	 * @param channel the channel of a connection
	 * @return the address: the empty path for a Unix domain socket that has no file, the
	 * wildcard for a peer that was gone before it could be asked for
	 */
	static SocketAddress remote(Channel channel) {
		SocketAddress address = platform(channel.remoteAddress());
		if (address == null) {
			return (channel instanceof SocketChannel) ? UNKNOWN : UNNAMED;
		}
		return address;
	}

	/**
	 * Return the address of the server's end.
	 * @param channel the channel of a connection or of a server
	 * @return the address
	 */
	static SocketAddress local(Channel channel) {
		SocketAddress address = platform(channel.localAddress());
		return (address != null) ? address : UNKNOWN;
	}

	/**
	 * Return the IP address of the peer.
	 * @param channel the channel of a connection
	 * @return the address, or {@code null} for a Unix domain socket
	 */
	static @Nullable InetAddress ip(Channel channel) {
		return (channel.remoteAddress() instanceof InetSocketAddress remote) ? remote.getAddress() : null;
	}

	private static @Nullable SocketAddress platform(@Nullable SocketAddress address) {
		if (address instanceof DomainSocketAddress unix) {
			return unix.path().startsWith("\0") ? UNNAMED : UnixDomainSocketAddress.of(unix.path());
		}
		return address;
	}

	/**
	 * Return what a mechanism listens on.
	 * @param address the address as the Java platform has it
	 * @param io the mechanism
	 * @return the address as the mechanism has it
	 */
	static SocketAddress listen(SocketAddress address, IoTransport io) {
		return (io.isNative() && address instanceof UnixDomainSocketAddress unix)
				? new DomainSocketAddress(unix.getPath().toString()) : address;
	}

}
