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
import reactor.netty.tcp.TcpServer;

import dev.holdfast.limit.OutboundLimits;
import dev.holdfast.server.SocketOptions;
import dev.holdfast.server.SocketOptions.KeepAlive;

/**
 * Maps {@link SocketOptions} and {@link OutboundLimits} to options of a
 * {@link TcpServer}.
 */
final class SocketOptionsMapper {

	private static final RecvByteBufAllocator RECEIVE_BUFFERS = new AdaptiveRecvByteBufAllocator();

	private SocketOptionsMapper() {
	}

	/**
	 * Apply what every stream socket has.
	 * @param options the options
	 * @param server the server
	 * @return the configured server
	 */
	static TcpServer apply(SocketOptions options, TcpServer server) {
		TcpServer configured = receiveBuffers(server);
		if (options.backlog() > 0) {
			configured = configured.option(ChannelOption.SO_BACKLOG, options.backlog());
		}
		if (options.buffers().send() > 0) {
			configured = configured.childOption(ChannelOption.SO_SNDBUF, options.buffers().send());
		}
		return configured;
	}

	/**
	 * Apply what only Unix domain sockets have.
	 * @param options the options
	 * @param io the mechanism, on which it depends how options are set
	 * @param server the server
	 * @return the configured server
	 */
	static TcpServer applyUnix(SocketOptions options, IoTransport io, TcpServer server) {
		int receive = options.buffers().receive();
		TcpServer configured = (receive > 0) ? server.childOption(ChannelOption.SO_RCVBUF, receive) : server;
		return io.isNative() ? configured.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
				: configured.doOnChannelInit((observer, channel, address) -> allowHalfClosure(channel));
	}

	/**
	 * Set what the channel of the Java platform has no option for.
	 * @param channel the channel
	 */
	private static void allowHalfClosure(Channel channel) {
		if (channel instanceof DuplexChannel duplex) {
			channel.config().setRecvByteBufAllocator(new HalfClosureAllocator(RECEIVE_BUFFERS, duplex));
		}
	}

	/**
	 * Apply what only TCP sockets have.
	 * @param options the options
	 * @param io the mechanism, on which it depends how options are set
	 * @param server the server
	 * @return the configured server
	 */
	static TcpServer applyTcp(SocketOptions options, IoTransport io, TcpServer server) {
		TcpServer configured = server.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childOption(ChannelOption.TCP_NODELAY, options.noDelay())
			.childOption(ChannelOption.SO_KEEPALIVE, options.keepAlive() != null);
		if (options.buffers().receive() > 0) {
			configured = configured.option(ChannelOption.SO_RCVBUF, options.buffers().receive());
		}
		if (options.keepAlive() != null) {
			configured = keepAlive(options.keepAlive(), io.keepAlive(), configured);
		}
		ChannelOption<Integer> userTimeout = io.userTimeout();
		if (options.userTimeout() != null && userTimeout != null) {
			configured = configured.childOption(userTimeout, (int) options.userTimeout().toMillis());
		}
		return io.isNative() ? configured.option(UnixChannelOption.SO_REUSEPORT, options.reusePort()) : configured;
	}

	/**
	 * One allocator for all connections, where Netty would make one for each.
	 * @param server the server
	 * @return the configured server
	 */
	@SuppressWarnings("deprecation")
	private static TcpServer receiveBuffers(TcpServer server) {
		return server.childOption(ChannelOption.RCVBUF_ALLOCATOR, RECEIVE_BUFFERS);
	}

	static TcpServer apply(OutboundLimits limits, TcpServer server) {
		int high = (int) Math.min(limits.highWaterMark(), Integer.MAX_VALUE);
		return server.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(high / 2, high));
	}

	private static TcpServer keepAlive(KeepAlive keepAlive, List<ChannelOption<Integer>> options, TcpServer server) {
		if (options.isEmpty()) {
			return server;
		}
		return server.childOption(options.get(0), seconds(keepAlive.idle()))
			.childOption(options.get(1), seconds(keepAlive.interval()))
			.childOption(options.get(2), keepAlive.count());
	}

	private static int seconds(Duration duration) {
		return (int) Math.max(duration.toSeconds(), 1);
	}

}
