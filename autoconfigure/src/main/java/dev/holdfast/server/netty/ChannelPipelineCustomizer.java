package dev.holdfast.server.netty;

import io.netty.channel.ChannelPipeline;

import dev.holdfast.server.ServerDefinition;

/**
 * Callback interface that can be implemented by beans wishing to add Netty handlers to
 * the pipeline of each connection, in front of Holdfast's own handler. Called on the
 * event loop before the connection is active, in the order of the beans.
 */
@FunctionalInterface
public interface ChannelPipelineCustomizer {

	/**
	 * Customize the pipeline of a connection.
	 * @param pipeline the pipeline
	 */
	void customize(ChannelPipeline pipeline);

	/**
	 * Customize the pipeline of a connection whose server matters. By default the
	 * definition is ignored.
	 * @param definition the definition of the server
	 * @param pipeline the pipeline
	 */
	default void customize(ServerDefinition definition, ChannelPipeline pipeline) {
		customize(pipeline);
	}

}
