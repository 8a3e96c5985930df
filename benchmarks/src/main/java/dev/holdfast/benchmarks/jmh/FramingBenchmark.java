package dev.holdfast.benchmarks.jmh;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import dev.holdfast.codec.DelimiterFraming;
import dev.holdfast.codec.FixedLengthFraming;
import dev.holdfast.codec.Frame;
import dev.holdfast.codec.Framing;
import dev.holdfast.codec.LengthField;
import dev.holdfast.codec.LengthFieldFraming;
import dev.holdfast.codec.LineFraming;

/**
 * What it costs to frame a payload of 32 bytes and to find the frame again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FramingBenchmark {

	private static final byte[] PAYLOAD = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private static final int MAX_LENGTH = 64 * 1024;

	/**
	 * The framing.
	 */
	@Param({ "line", "delimiter", "length-field", "fixed-length" })
	public String name = "";

	private Framing framing = new LineFraming(MAX_LENGTH);

	private final Frame frame = new Frame();

	private final ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(256);

	/**
	 * Choose the framing.
	 */
	@Setup
	public void choose() {
		this.framing = switch (this.name) {
			case "delimiter" -> new DelimiterFraming(new byte[] { '\r', '\n' }, MAX_LENGTH);
			case "length-field" ->
				new LengthFieldFraming(new LengthField(0, 4, 0, false, true, ByteOrder.BIG_ENDIAN), MAX_LENGTH);
			case "fixed-length" -> new FixedLengthFraming(PAYLOAD.length, MAX_LENGTH);
			default -> new LineFraming(MAX_LENGTH);
		};
	}

	/**
	 * Frame a payload.
	 * @return the length of the frame
	 */
	@Benchmark
	public int write() {
		this.buffer.clear().writeZero(this.framing.headerLength()).writeBytes(PAYLOAD);
		this.framing.complete(this.buffer, 0);
		return this.buffer.readableBytes();
	}

	/**
	 * Frame a payload and find the frame.
	 * @return whether it was found
	 */
	@Benchmark
	public boolean writeAndFind() {
		write();
		this.frame.reset(0);
		return this.framing.next(this.buffer, this.frame);
	}

	/**
	 * Release the buffer.
	 */
	@TearDown
	public void release() {
		this.buffer.release();
	}

}
