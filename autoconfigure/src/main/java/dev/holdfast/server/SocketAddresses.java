package dev.holdfast.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.Predicate;

import io.netty.util.NetUtil;

/**
 * Addresses as an operator reads and writes them: {@code 192.0.2.1:9000},
 * {@code [2001:db8::1]:9000}, or the path of a Unix domain socket. All interfaces are
 * {@code 0.0.0.0} with IPv6 too; a client of a Unix domain socket that has no file is
 * {@code unix:}. No host name is ever looked up. Stateless.
 */
public final class SocketAddresses {

	private SocketAddresses() {
	}

	/**
	 * Write an address.
	 * @param address the address
	 * @return the address and, unless it is a path, the port
	 */
	public static String format(SocketAddress address) {
		if (address instanceof InetSocketAddress inet) {
			boolean any = inet.getAddress() != null && inet.getAddress().isAnyLocalAddress();
			return any ? "0.0.0.0:" + inet.getPort() : NetUtil.toSocketAddressString(inet);
		}
		String text = address.toString();
		return (text.isEmpty() && address instanceof UnixDomainSocketAddress) ? "unix:" : text;
	}

	/**
	 * Return a condition for addresses.
	 * @param text an IP address, which any port matches, or an address as
	 * {@link #format(SocketAddress)} writes it
	 * @return the condition
	 */
	public static Predicate<SocketAddress> matching(String text) {
		InetAddress ip = NetUtil.createInetAddressFromIpAddressString(text);
		if (ip == null) {
			String port = text.substring(text.lastIndexOf(':') + 1);
			return (address) -> mayHavePort(address, port) && text.equals(format(address));
		}
		return (address) -> address instanceof InetSocketAddress inet && ip.equals(inet.getAddress());
	}

	private static boolean mayHavePort(SocketAddress address, String port) {
		return !(address instanceof InetSocketAddress inet) || Integer.toString(inet.getPort()).equals(port);
	}

}
