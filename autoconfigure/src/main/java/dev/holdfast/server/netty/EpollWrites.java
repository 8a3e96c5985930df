package dev.holdfast.server.netty;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one buffer straight to the socket, for a channel that has nothing waiting and
 * no handler that would want to see what is written. What the kernel does not take goes
 * Netty's usual way, which also meets a failure again and closes the channel. Confined to
 * the channel's event loop.
 */
final class EpollWrites {

	private static final boolean PRESENT = isPresent();

	private EpollWrites() {
	}

	private static boolean isPresent() {
		try {
			Class.forName("io.netty.channel.epoll.AbstractEpollStreamChannel", false,
					EpollWrites.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	/**
	 * Write as much of a buffer as the kernel takes at once.
	 * @param channel the channel
	 * @param only the handler that must be the only one of the channel
	 * @param buffer the buffer, whose indexes stay as they are
	 * @return the number of bytes that were written, {@code 0} if the usual way is to be
	 * taken
	 */
	static int write(Channel channel, ChannelHandler only, ByteBuf buffer) {
		if (PRESENT && buffer.hasMemoryAddress() && isIdle(channel.unsafe().outboundBuffer())
				&& isBare(channel.pipeline(), only) && channel instanceof AbstractEpollStreamChannel stream) {
			return write(stream, buffer);
		}
		return 0;
	}

	private static boolean isIdle(@Nullable ChannelOutboundBuffer outbound) {
		return outbound != null && outbound.totalPendingWriteBytes() == 0;
	}

	private static boolean isBare(ChannelPipeline pipeline, ChannelHandler only) {
		return pipeline.first() == only && pipeline.last() == only;
	}

	private static int write(AbstractEpollStreamChannel channel, ByteBuf buffer) {
		try {
			return (channel.fd() instanceof Socket socket) ? Math.max(0,
					socket.sendAddress(buffer.memoryAddress(), buffer.readerIndex(), buffer.writerIndex())) : 0;
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
