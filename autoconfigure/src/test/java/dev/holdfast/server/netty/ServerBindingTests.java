package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.util.concurrent.BlockingOperationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.holdfast.server.IoMechanism;
import dev.holdfast.server.ServerBindException;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.SocketServerCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link ServerBinding} and both kinds of {@link ListeningSocket}.
 */
class ServerBindingTests {

	private static final SocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 0);

	private static final List<ChannelOption<?>> COMPARED = List.of(ChannelOption.AUTO_READ, ChannelOption.ALLOCATOR,
			ChannelOption.ALLOW_HALF_CLOSURE, ChannelOption.SO_BACKLOG, ChannelOption.SO_KEEPALIVE,
			ChannelOption.SO_RCVBUF, ChannelOption.SO_REUSEADDR, ChannelOption.SO_SNDBUF, ChannelOption.TCP_NODELAY,
			UnixChannelOption.SO_REUSEPORT, ChannelOption.WRITE_BUFFER_WATER_MARK);

	private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

	private NettyNode node;

	@TempDir
	private Path directory;

	@AfterEach
	void destroy() {
		if (this.node != null) {
			this.node.destroy();
		}
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO", "IO_URING" })
	void bindWhenCustomizedOrNotSetsSameOptions(IoMechanism io) throws Exception {
		assumeAvailable(io);
		assertSame(io, ADDRESS, ADDRESS);
	}

	@ParameterizedTest
	@EnumSource(value = IoMechanism.class, names = { "EPOLL", "NIO" })
	void bindWhenOnUnixSocketSetsSameOptions(IoMechanism io) throws Exception {
		assumeAvailable(io);
		assertSame(io, UnixDomainSocketAddress.of(this.directory.resolve("plain")),
				UnixDomainSocketAddress.of(this.directory.resolve("customized")));
	}

	private void assertSame(IoMechanism io, SocketAddress first, SocketAddress second) throws Exception {
		ListeningSocket plain = binding(io, List.of()).bind(first);
		ListeningSocket customized = binding(io, List.of((server) -> server)).bind(second);
		assertThat(plain).isInstanceOf(NettyListeningSocket.class);
		assertThat(customized).isInstanceOf(ReactorListeningSocket.class);
		plain.channel().config().setAutoRead(true);
		assertThat(options(plain.channel())).isEqualTo(options(customized.channel()));
		Channel one = accept(plain);
		Channel two = accept(customized);
		assertThat(options(one)).isEqualTo(options(two));
		assertThat(one.config().isAutoRead()).isFalse();
		plain.close();
		customized.close();
		assertThat(List.of(plain.channel().isOpen(), customized.channel().isOpen())).containsOnly(false);
		assertThat(List.of(one.isOpen(), two.isOpen())).containsOnly(true);
	}

	@Test
	void bindWhenNotCustomizedLeavesClientsInBacklogUntilChannelReads() throws Exception {
		ListeningSocket socket = binding(IoMechanism.AUTO, List.of()).bind(ADDRESS);
		try (SocketChannel client = SocketChannel.open(ChannelAddresses.local(socket.channel()))) {
			assertThat(client.isConnected()).isTrue();
			assertThat(this.accepted.poll(50, TimeUnit.MILLISECONDS)).isNull();
			socket.channel().config().setAutoRead(true);
			assertThat(this.accepted.poll(10, TimeUnit.SECONDS)).isNotNull();
		}
	}

	@Test
	void bindWhenCustomizerFailsThrowsWhatItThrew() {
		IllegalArgumentException failure = new IllegalArgumentException("Broken customizer");
		ServerBinding binding = binding(IoMechanism.AUTO, List.of((server) -> {
			throw failure;
		}));
		assertThatException().isThrownBy(() -> binding.bind(ADDRESS)).isSameAs(failure);
	}

	@Test
	void bindWhenOnItsOnlyEventLoopFailsAndDoesNotListenLater() throws Exception {
		ServerBinding binding = binding(IoMechanism.AUTO, List.of());
		ListeningSocket first = binding.bind(ADDRESS);
		SocketAddress address = ChannelAddresses.local(first.channel());
		first.close();
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> this.node.group().next().submit(() -> binding.bind(address)).get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(ServerBindException.class)
			.havingRootCause()
			.isInstanceOf(BlockingOperationException.class);
		binding.bind(address).close();
	}

	@Test
	void closeWhenClosedHasNoEffect() {
		ListeningSocket socket = binding(IoMechanism.AUTO, List.of()).bind(ADDRESS);
		socket.close();
		socket.close();
		assertThat(socket.channel().isOpen()).isFalse();
	}

	@Test
	void closeWhenOnItsEventLoopDoesNotWaitForItself() throws Exception {
		ListeningSocket socket = binding(IoMechanism.AUTO, List.of()).bind(ADDRESS);
		socket.channel().eventLoop().submit(socket::close).get(10, TimeUnit.SECONDS);
		assertThat(socket.channel().closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
	}

	private ServerBinding binding(IoMechanism io, List<SocketServerCustomizer> customizers) {
		if (this.node == null) {
			this.node = new NettyNode("test", 1, 0, Duration.ZERO, io);
		}
		return new ServerBinding(definition(), this.node, customizers, this.accepted::add);
	}

	private static ServerDefinition definition() {
		try (TestServer server = TestServer.with(new EchoController()).build(0)) {
			return server.server().definition();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Channel accept(ListeningSocket socket) throws Exception {
		try (SocketChannel client = SocketChannel.open(ChannelAddresses.local(socket.channel()))) {
			assertThat(client.isConnected()).isTrue();
			Channel channel = this.accepted.poll(10, TimeUnit.SECONDS);
			assertThat(channel).isNotNull();
			return channel;
		}
	}

	private Map<String, String> options(Channel channel) {
		Map<String, String> options = new TreeMap<>();
		Stream<ChannelOption<?>> times = Stream.concat(this.node.io().keepAlive().stream(),
				Stream.ofNullable(this.node.io().userTimeout()));
		Stream.concat(COMPARED.stream(), times)
			.forEach((option) -> options.put(option.name(), String.valueOf(channel.config().getOption(option))));
		options.put("allocator of receive buffers", channel.config().getRecvByteBufAllocator().getClass().getName());
		return options;
	}

	private static void assumeAvailable(IoMechanism io) {
		assumeTrue(io != IoMechanism.EPOLL || Epoll.isAvailable(), "epoll is not available");
		assumeTrue(io != IoMechanism.IO_URING || IoUring.isAvailable(), "io_uring is not available");
	}

}
