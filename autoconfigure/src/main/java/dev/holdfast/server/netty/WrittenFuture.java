package dev.holdfast.server.netty;

import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelPromise;

import dev.holdfast.connection.ConnectionClosedException;

/**
 * Completes futures when the kernel took the bytes of a message.
 */
final class WrittenFuture {

	private WrittenFuture() {
	}

	static ChannelPromise promise(NettyConnection connection, CompletableFuture<Void> future) {
		return promise(connection, () -> future.complete(null),
				() -> future.completeExceptionally(new ConnectionClosedException(connection.id())));
	}

	static ChannelPromise promise(NettyConnection connection, QueuedMessages messages) {
		return promise(connection, messages::complete, messages::fail);
	}

	private static ChannelPromise promise(NettyConnection connection, Runnable success, Runnable failure) {
		ChannelPromise promise = connection.channel.newPromise();
		promise.addListener((written) -> (written.isSuccess() ? success : failure).run());
		return promise;
	}

}
