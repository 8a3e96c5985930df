package dev.holdfast.benchmarks.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Pushes with a loop over all connections on their only event loop, without promises: the
 * fastest way that Netty has. Thread-safe.
 */
final class LoopPushHandler extends PushHandler {

	private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();

	private volatile @Nullable EventLoop eventLoop;

	@Override
	void add(Channel channel) {
		this.eventLoop = channel.eventLoop();
		this.channels.add(channel);
		channel.closeFuture().addListener((closed) -> this.channels.remove(channel));
	}

	@Override
	void push(ByteBuf message) {
		EventLoop eventLoop = this.eventLoop;
		if (eventLoop != null) {
			eventLoop.execute(() -> write(message));
		}
	}

	private void write(ByteBuf message) {
		for (Channel channel : this.channels) {
			channel.writeAndFlush(message.retainedDuplicate(), channel.voidPromise());
		}
		message.release();
	}

}
