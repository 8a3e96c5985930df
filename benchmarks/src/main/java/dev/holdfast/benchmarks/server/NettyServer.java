package dev.holdfast.benchmarks.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;

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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * Program that serves lines with Netty as one writes it by hand: a
 * {@link LineBasedFrameDecoder} and one sharable handler.
 */
public final class NettyServer {

	private static final int MAX_LINE = 64 * 1024;

	private static final char[] PASSWORD = "secret".toCharArray();

	private NettyServer() {
	}

	/**
	 * Start the server.
	 * @param args what it does: {@code echo}, {@code json}, {@code group}, {@code loop};
	 * then a PKCS #12 file with the keys for TLS, or nothing
	 * @throws Exception if it cannot start
	 */
	public static void main(String[] args) throws Exception {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
				EpollIoHandler.newFactory());
		Channel server = new ServerBootstrap().group(group)
			.channel(EpollServerSocketChannel.class)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Initializer(handler(args[0]), (args.length > 1) ? tls(Path.of(args[1])) : null))
			.bind(0)
			.sync()
			.channel();
		System.out.println("READY " + ((InetSocketAddress) server.localAddress()).getPort());
	}

	private static SslContext tls(Path file) throws Exception {
		KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD);
		return SslContextBuilder.forServer(managers).sslProvider(SslProvider.JDK).build();
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

		private final @Nullable SslContext tls;

		Initializer(ChannelHandler handler, @Nullable SslContext tls) {
			this.handler = handler;
			this.tls = tls;
		}

		@Override
		protected void initChannel(Channel channel) {
			if (this.tls != null) {
				channel.pipeline().addLast(this.tls.newHandler(channel.alloc()));
			}
			channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE), this.handler);
		}

	}

}
