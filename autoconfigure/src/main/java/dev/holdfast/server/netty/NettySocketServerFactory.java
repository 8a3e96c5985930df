package dev.holdfast.server.netty;

import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServerFactory;

/**
 * {@link SocketServerFactory} for servers on Reactor Netty that share event loops and
 * connections. Thread-safe.
 */
public final class NettySocketServerFactory implements SocketServerFactory {

	private final NettyNode node;

	private final NettyCustomization customization;

	/**
	 * Create a new {@link NettySocketServerFactory}.
	 * @param node what the servers share
	 * @param customization beans of the application that take part in each server
	 */
	public NettySocketServerFactory(NettyNode node, NettyCustomization customization) {
		this.node = node;
		this.customization = customization;
	}

	@Override
	public SocketServer create(ServerDefinition definition) {
		NettySocketServer server = new NettySocketServer(definition, this.node, this.customization);
		this.node.add(server);
		return server;
	}

}
