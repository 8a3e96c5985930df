package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.List;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannelOption;

import dev.holdfast.limit.OutboundLimits;
import dev.holdfast.server.SocketOptions;
import dev.holdfast.server.SocketOptions.KeepAlive;

/**
 * Maps {@link SocketOptions} and {@link OutboundLimits} to {@link ChannelOptions}.
 */
final class SocketOptionsMapper {

	private static final RecvByteBufAllocator RECEIVE_BUFFERS = new AdaptiveRecvByteBufAllocator();

	private SocketOptionsMapper() {
	}

	/**
	 * Map what every stream socket has.
	 * @param options the options
	 * @param target where they are set
	 */
	static void map(SocketOptions options, ChannelOptions target) {
		receiveBuffers(target);
		if (options.backlog() > 0) {
			target.listening(ChannelOption.SO_BACKLOG, options.backlog());
		}
		if (options.buffers().send() > 0) {
			target.accepted(ChannelOption.SO_SNDBUF, options.buffers().send());
		}
	}

	/**
	 * Map what only Unix domain sockets have.
	 * @param options the options
	 * @param io the mechanism, on which it depends how options are set
	 * @param target where they are set
	 */
	static void mapUnix(SocketOptions options, IoTransport io, ChannelOptions target) {
		if (options.buffers().receive() > 0) {
			target.accepted(ChannelOption.SO_RCVBUF, options.buffers().receive());
		}
		if (io.isNative()) {
			target.accepted(ChannelOption.ALLOW_HALF_CLOSURE, true);
		}
	}

	/**
	 * Set what the Unix domain socket of the Java platform has no option for.
	 * @param channel the channel
	 */
	static void allowHalfClosure(Channel channel) {
		if (channel instanceof DuplexChannel duplex) {
			channel.config().setRecvByteBufAllocator(new HalfClosureAllocator(RECEIVE_BUFFERS, duplex));
		}
	}

	/**
	 * Map what only TCP sockets have.
	 * @param options the options
	 * @param io the mechanism, on which it depends how options are set
	 * @param target where they are set
	 */
	static void mapTcp(SocketOptions options, IoTransport io, ChannelOptions target) {
		target.listening(ChannelOption.SO_REUSEADDR, true);
		target.accepted(ChannelOption.ALLOW_HALF_CLOSURE, true);
		target.accepted(ChannelOption.TCP_NODELAY, options.noDelay());
		target.accepted(ChannelOption.SO_KEEPALIVE, options.keepAlive() != null);
		if (options.buffers().receive() > 0) {
			target.listening(ChannelOption.SO_RCVBUF, options.buffers().receive());
		}
		if (options.keepAlive() != null) {
			keepAlive(options.keepAlive(), io.keepAlive(), target);
		}
		ChannelOption<Integer> userTimeout = io.userTimeout();
		if (options.userTimeout() != null && userTimeout != null) {
			target.accepted(userTimeout, (int) options.userTimeout().toMillis());
		}
		if (io.isNative()) {
			target.listening(UnixChannelOption.SO_REUSEPORT, options.reusePort());
		}
	}

	/**
	 * One allocator for all connections, where Netty would make one for each.
	 * @param target where it is set
	 */
	@SuppressWarnings("deprecation")
	private static void receiveBuffers(ChannelOptions target) {
		target.accepted(ChannelOption.RCVBUF_ALLOCATOR, RECEIVE_BUFFERS);
	}

	static void map(OutboundLimits limits, ChannelOptions target) {
		int high = (int) Math.min(limits.highWaterMark(), Integer.MAX_VALUE);
		target.accepted(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(high / 2, high));
	}

	private static void keepAlive(KeepAlive keepAlive, List<ChannelOption<Integer>> options, ChannelOptions target) {
		if (!options.isEmpty()) {
			target.accepted(options.get(0), seconds(keepAlive.idle()));
			target.accepted(options.get(1), seconds(keepAlive.interval()));
			target.accepted(options.get(2), keepAlive.count());
		}
	}

	private static int seconds(Duration duration) {
		return (int) Math.max(duration.toSeconds(), 1);
	}

}
