package dev.holdfast.benchmarks.load;

import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.holdfast.benchmarks.server.StringHandler;
import dev.holdfast.benchmarks.server.WebSocketUpgradeHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoadGenerator}.
 */
class LoadGeneratorTests {

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final LoadGenerator generator = new LoadGenerator();

	@AfterEach
	void close() {
		this.generator.close();
		this.group.shutdownGracefully();
	}

	@ParameterizedTest
	@ValueSource(strings = { "kind=closed depth=1", "kind=closed depth=16", "kind=closed depth=4 message=json",
			"kind=open rate=2000", "kind=connect depth=4" })
	void runWhenServerEchoesFindsNothingWrong(String plan) throws Exception {
		LoadResult result = run(new StringHandler(), plan);
		assertThat(result.get("messages")).isPositive();
		assertThat(result.get("wrong")).isZero();
		assertThat(result.get("missing")).isZero();
	}

	@Test
	void runWhenServerEchoesWebSocketFramesFindsNothingWrong() throws Exception {
		LoadResult result = run(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline().remove(LineBasedFrameDecoder.class);
				channel.pipeline().addLast(new HttpServerCodec(), new WebSocketUpgradeHandler());
			}

		}, "kind=closed depth=16 message=frame size=64");
		assertThat(result.get("messages")).isPositive();
		assertThat(result.get("wrong")).isZero();
		assertThat(result.get("missing")).isZero();
	}

	@Test
	void runWhenServerAnswersOtherLinesCountsThem() throws Exception {
		LoadResult result = run(new StringHandler() {

			@Override
			protected String handle(String line) {
				return line.endsWith("B") ? line : "x" + line.substring(1);
			}

		}, "kind=closed depth=1");
		assertThat(result.get("wrong")).isPositive();
	}

	@Test
	void runWhenServerStaysSilentCountsMissingReplies() throws Exception {
		LoadResult result = run(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
			}

		}, "kind=closed depth=2");
		assertThat(result.get("missing")).isEqualTo(8);
	}

	@Test
	void runWhenLoopIsOpenKeepsItsRate() throws Exception {
		LoadResult result = run(new StringHandler(), "kind=open rate=1000 seconds=1");
		assertThat(result.get("rate")).isBetween(800.0, 1200.0);
		assertThat(result.get("p99Micros")).isGreaterThanOrEqualTo(result.get("p50Micros")).isPositive();
	}

	private LoadResult run(ChannelHandler handler, String plan) throws Exception {
		Channel server = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new LineBasedFrameDecoder(1024), handler);
				}

			})
			.bind(0)
			.sync()
			.channel();
		int port = ((InetSocketAddress) server.localAddress()).getPort();
		return this.generator
			.run(LoadPlan.parse(("port=%d connections=4 warmup=0.1 seconds=0.3 %s").formatted(port, plan).split(" ")));
	}

}
