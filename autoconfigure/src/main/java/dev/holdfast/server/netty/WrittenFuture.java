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
		ChannelPromise promise = connection.channel.newPromise();
		promise.addListener((written) -> {
			if (written.isSuccess()) {
				future.complete(null);
			}
			else {
				future.completeExceptionally(new ConnectionClosedException(connection.id()));
			}
		});
		return promise;
	}

}
