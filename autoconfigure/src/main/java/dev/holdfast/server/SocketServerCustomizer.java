package dev.holdfast.server;

import reactor.netty.tcp.TcpServer;

/**
 * Callback interface that can be implemented by beans wishing to customize the Reactor
 * Netty {@link TcpServer} of each server before it is bound. Called in the order of the
 * beans, after the properties were applied and again each time a server starts.
 */
@FunctionalInterface
public interface SocketServerCustomizer {

	/**
	 * Customize a server.
	 * @param server the server, which is immutable
	 * @return the customized server
	 */
	TcpServer customize(TcpServer server);

	/**
	 * Customize a server whose definition matters. By default the definition is ignored.
	 * @param definition the definition of the server
	 * @param server the server, which is immutable
	 * @return the customized server
	 */
	default TcpServer customize(ServerDefinition definition, TcpServer server) {
		return customize(server);
	}

}
