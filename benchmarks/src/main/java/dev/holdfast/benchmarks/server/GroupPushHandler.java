package dev.holdfast.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * Pushes with a {@link ChannelGroup}. Thread-safe.
 */
final class GroupPushHandler extends PushHandler {

	private final ChannelGroup group = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	@Override
	void add(Channel channel) {
		this.group.add(channel);
	}

	@Override
	void push(ByteBuf message) {
		this.group.writeAndFlush(message);
	}

}
