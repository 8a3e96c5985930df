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
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * Program that serves lines, or WebSocket messages, with Netty as one writes it by hand:
 * a decoder of frames and one sharable handler.
 */
public final class NettyServer {

	private static final int MAX_LINE = 64 * 1024;

	private static final char[] PASSWORD = "secret".toCharArray();

	private NettyServer() {
	}

	/**
	 * Start the server.
	 * @param args what it does: {@code echo}, {@code json}, {@code group}, {@code loop},
	 * {@code websocket}; then a PKCS #12 file with the keys for TLS, or nothing
	 * @throws Exception if it cannot start
	 */
	public static void main(String[] args) throws Exception {
		Channel server = start(args[0], (args.length > 1) ? Path.of(args[1]) : null);
		System.out.println("READY " + ((InetSocketAddress) server.localAddress()).getPort());
	}

	/**
	 * Start the server on any free port.
	 * @param mode what it does
	 * @param keys a PKCS #12 file with the keys for TLS, {@code null} for none
	 * @return the channel that listens
	 * @throws Exception if it cannot start
	 */
	public static Channel start(String mode, @Nullable Path keys) throws Exception {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
				EpollIoHandler.newFactory());
		return new ServerBootstrap().group(group)
			.channel(EpollServerSocketChannel.class)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Initializer(handler(mode), (keys != null) ? tls(keys) : null))
			.bind(0)
			.sync()
			.channel();
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
			case "websocket" -> new WebSocketUpgradeHandler();
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
			channel.pipeline()
				.addLast((this.handler instanceof WebSocketUpgradeHandler) ? new HttpServerCodec()
						: new LineBasedFrameDecoder(MAX_LINE), this.handler);
		}

	}

}
