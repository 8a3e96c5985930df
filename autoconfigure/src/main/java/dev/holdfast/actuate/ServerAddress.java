package dev.holdfast.actuate;

import java.net.SocketAddress;

import dev.holdfast.server.SocketAddresses;
import dev.holdfast.server.SocketServer;

/**
 * The address of a server as endpoints show it.
 */
final class ServerAddress {

	private ServerAddress() {
	}

	/**
	 * Describe where a server listens.
	 * @param server the server
	 * @return the address that it listens on; while it does not listen, the last one, and
	 * before the first time the one that was configured
	 */
	static String describe(SocketServer server) {
		SocketAddress address = server.lastAddress();
		return SocketAddresses.format((address != null) ? address : server.definition().address());
	}

}
