package dev.holdfast.server.netty;

import java.util.List;

import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.server.SocketServerCustomizer;

/**
 * Beans of the application that take part in each server, in their order. Immutable.
 *
 * @param servers customizers of servers
 * @param pipelines customizers of pipelines
 * @param listeners listeners to connections
 */
public record NettyCustomization(List<SocketServerCustomizer> servers, List<ChannelPipelineCustomizer> pipelines,
		List<ConnectionListener> listeners) {

	public NettyCustomization {
		servers = List.copyOf(servers);
		pipelines = List.copyOf(pipelines);
		listeners = List.copyOf(listeners);
	}

}
