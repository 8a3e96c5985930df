package dev.holdfast.server.netty;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import dev.holdfast.benchmarks.server.StringHandler;

/**
 * What a message costs from the bytes that were read to the bytes of the reply, without a
 * socket: a read holds 16 lines of 32 bytes. With {@code -prof gc} it shows what is
 * allocated per message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PipelineBenchmark {

	private static final int LINES = 16;

	private static final byte[] READ = ("x".repeat(32) + '\n').repeat(LINES).getBytes(StandardCharsets.US_ASCII);

	/**
	 * Who answers: Netty written by hand, or a handler method of Holdfast that returns a
	 * {@code String} or a {@code Mono} of it.
	 */
	@Param({ "netty", "echo", "just" })
	public String server = "";

	private EmbeddedChannel channel = new EmbeddedChannel();

	private @Nullable HoldfastNode node;

	/**
	 * Open the connection.
	 */
	@Setup
	public void open() {
		if ("netty".equals(this.server)) {
			this.channel = new EmbeddedChannel(new LineBasedFrameDecoder(64 * 1024), new StringHandler());
		}
		else {
			this.node = new HoldfastNode(this.server, "--spring.main.banner-mode=off");
			this.channel = new EmbeddedChannel(this.node);
		}
	}

	/**
	 * Answer a read of 16 lines.
	 * @return the number of bytes of the replies
	 */
	@Benchmark
	@OperationsPerInvocation(LINES)
	public int answer() {
		ByteBuf in = this.channel.alloc().directBuffer(2048).writeBytes(READ);
		this.channel.pipeline().fireChannelRead(in);
		this.channel.pipeline().fireChannelReadComplete();
		int bytes = 0;
		for (ByteBuf out = this.channel.readOutbound(); out != null; out = this.channel.readOutbound()) {
			bytes += out.readableBytes();
			ReferenceCountUtil.release(out);
		}
		if (bytes != READ.length) {
			throw new IllegalStateException("%d bytes came back".formatted(bytes));
		}
		return bytes;
	}

	/**
	 * End the application.
	 */
	@TearDown
	public void close() {
		this.channel.close();
		if (this.node != null) {
			this.node.close();
		}
	}

}
