package dev.holdfast.server.netty;

import java.util.List;

import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.server.SocketServerCustomizer;

/**
 * Beans of tests. With {@code -Dholdfast.test.customized=true} there is a customizer that
 * changes nothing among them, so that servers listen by Reactor Netty.
 */
final class TestCustomization {

	private static final List<SocketServerCustomizer> SERVERS = Boolean.getBoolean("holdfast.test.customized")
			? List.of((server) -> server) : List.of();

	private TestCustomization() {
	}

	static NettyCustomization of(List<ChannelPipelineCustomizer> pipelines, List<ConnectionListener> listeners) {
		return new NettyCustomization(SERVERS, pipelines, listeners);
	}

}
