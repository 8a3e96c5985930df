package dev.holdfast.benchmarks.server;

import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;

/**
 * Program that serves lines with Netty as one writes it by hand: a
 * {@link LineBasedFrameDecoder} and one sharable handler.
 */
public final class NettyServer {

	private static final int MAX_LINE = 64 * 1024;

	private NettyServer() {
	}

	/**
	 * Start the server.
	 * @param args what it does: {@code echo}, {@code json}, {@code group}, {@code loop}
	 * @throws Exception if it cannot start
	 */
	public static void main(String[] args) throws Exception {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
				EpollIoHandler.newFactory());
		Channel server = new ServerBootstrap().group(group)
			.channel(EpollServerSocketChannel.class)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Initializer(handler(args[0])))
			.bind(0)
			.sync()
			.channel();
		System.out.println("READY " + ((InetSocketAddress) server.localAddress()).getPort());
	}

	private static ChannelHandler handler(String mode) {
		return switch (mode) {
			case "echo" -> new StringHandler();
			case "json" -> new JsonHandler();
			case "group" -> new GroupPushHandler();
			case "loop" -> new LoopPushHandler();
			default -> throw new IllegalArgumentException("Unknown mode '%s'".formatted(mode));
		};
	}

	/**
	 * The pipeline of a connection. Thread-safe.
	 */
	private static final class Initializer extends ChannelInitializer<Channel> {

		private final ChannelHandler handler;

		Initializer(ChannelHandler handler) {
			this.handler = handler;
		}

		@Override
		protected void initChannel(Channel channel) {
			channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE), this.handler);
		}

	}

}
