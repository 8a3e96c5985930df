package dev.holdfast.server.netty;

import java.time.Duration;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import jdk.net.ExtendedSocketOptions;
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

	static TcpServer apply(SocketOptions options, IoTransport io, TcpServer server) {
		TcpServer configured = receiveBuffers(server).option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childOption(ChannelOption.TCP_NODELAY, options.noDelay())
			.childOption(ChannelOption.SO_KEEPALIVE, options.keepAlive() != null);
		if (options.backlog() > 0) {
			configured = configured.option(ChannelOption.SO_BACKLOG, options.backlog());
		}
		configured = buffers(options.buffers(), configured);
		if (options.keepAlive() != null) {
			configured = keepAlive(options.keepAlive(), io, configured);
		}
		if (io == IoTransport.EPOLL) {
			configured = epoll(options, configured);
		}
		return configured;
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

	private static TcpServer buffers(SocketOptions.Buffers buffers, TcpServer server) {
		TcpServer configured = server;
		if (buffers.receive() > 0) {
			configured = configured.option(ChannelOption.SO_RCVBUF, buffers.receive());
		}
		if (buffers.send() > 0) {
			configured = configured.childOption(ChannelOption.SO_SNDBUF, buffers.send());
		}
		return configured;
	}

	private static TcpServer keepAlive(KeepAlive keepAlive, IoTransport io, TcpServer server) {
		int idle = seconds(keepAlive.idle());
		int interval = seconds(keepAlive.interval());
		if (io == IoTransport.EPOLL) {
			return server.childOption(EpollChannelOption.TCP_KEEPIDLE, idle)
				.childOption(EpollChannelOption.TCP_KEEPINTVL, interval)
				.childOption(EpollChannelOption.TCP_KEEPCNT, keepAlive.count());
		}
		return server.childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idle)
			.childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), interval)
			.childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), keepAlive.count());
	}

	private static TcpServer epoll(SocketOptions options, TcpServer server) {
		TcpServer configured = server.option(UnixChannelOption.SO_REUSEPORT, options.reusePort());
		if (options.userTimeout() != null) {
			configured = configured.childOption(EpollChannelOption.TCP_USER_TIMEOUT,
					(int) options.userTimeout().toMillis());
		}
		return configured;
	}

	private static int seconds(Duration duration) {
		return (int) Math.max(duration.toSeconds(), 1);
	}

}
