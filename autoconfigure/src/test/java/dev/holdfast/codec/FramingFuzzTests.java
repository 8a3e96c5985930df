package dev.holdfast.codec;

import java.nio.ByteOrder;
import java.util.Arrays;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz tests of all framings: whatever bytes come, and however they are split, the frames
 * are the same, lie within the bytes, and nothing but a {@link FramingException} is
 * thrown; what was encoded is decoded to itself. An input is how the framing is set up,
 * two places to split at, and the bytes.
 */
class FramingFuzzTests {

	private static final int HEAD = 3;

	private static final int[] LENGTHS = { 1, 2, 3, 4, 8 };

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void line(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		check(input, (head) -> new LineFraming(1 + (head & 31)));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void delimiter(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		byte[] delimiter = (input.length > 5) ? Arrays.copyOfRange(input, 3, 4 + (input[0] >> 5 & 1)) : new byte[1];
		check(input, (head) -> new DelimiterFraming(delimiter, 1 + (head & 31)));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void lengthField(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		int setup = (input.length > 3) ? input[3] : 0;
		boolean strip = (setup & 8) != 0;
		LengthField field = new LengthField(strip ? 0 : setup >> 4 & 3, LENGTHS[(setup & 7) % LENGTHS.length],
				(setup >> 6 & 1) * ((input.length > 4) ? input[4] : 0), (setup & 128) != 0, strip,
				((setup & 32) != 0) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		check(input, (head) -> new LengthFieldFraming(field, field.headerLength() + (head & 63)));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void fixedLength(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		check(input, (head) -> new FixedLengthFraming(1 + (head & 15), 16));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void raw(byte[] bytes) {
		byte[] input = FuzzRuns.limit(bytes);
		if (isFit(input)) {
			byte[] stream = Arrays.copyOfRange(input, HEAD, input.length);
			FrameRecorder read = read(new RawFraming(1 + (input[0] & 31)), input, stream);
			int position = 0;
			for (int i = 0; i < read.count(); i++) {
				assertThat(read.offset(i)).isEqualTo(position);
				position += read.length(i);
			}
			assertThat(position).isEqualTo(stream.length);
		}
	}

	private static boolean isFit(byte[] input) {
		return input.length > HEAD;
	}

	private static void check(byte[] input, Setup setup) {
		if (isFit(input)) {
			Framing framing = setup.framing(input[0]);
			byte[] bytes = Arrays.copyOfRange(input, HEAD, input.length);
			FrameRecorder whole = FrameRecorder.read(new LimitedFraming(framing, Integer.MAX_VALUE / 2), bytes);
			FrameRecorder parts = read(framing, input, bytes);
			if (!parts.isSameAs(whole)) {
				assertThat(parts).hasToString(whole.toString());
			}
			checkRoundTrip(framing, bytes);
		}
	}

	private static FrameRecorder read(Framing framing, byte[] input, byte[] bytes) {
		int one = (input[1] & 0xFF) % (bytes.length + 1);
		int two = (input[2] & 0xFF) % (bytes.length + 1);
		return FrameRecorder.read(framing, bytes, Math.min(one, two), Math.max(one, two));
	}

	private static void checkRoundTrip(Framing framing, byte[] payload) {
		byte[] encoded = encode(framing, payload);
		if (encoded != null) {
			FrameRecorder decoded = FrameRecorder.read(framing, encoded);
			if (decoded.error() == null) {
				assertThat(decoded.rest()).isZero();
				assertThat(decoded.count()).isOne();
				assertThat(decoded.length(0)).isEqualTo(payload.length);
				checkPayload(framing, payload, encoded, decoded.offset(0));
			}
			else {
				assertThat(decoded.error()).isEqualTo(FrameTooLargeException.class);
			}
		}
	}

	private static void checkPayload(Framing framing, byte[] payload, byte[] encoded, int offset) {
		boolean whole = framing instanceof LengthFieldFraming && framing.headerLength() == 0;
		assertThat(whole || Arrays.equals(payload, 0, payload.length, encoded, offset, offset + payload.length))
			.isTrue();
	}

	private static byte @Nullable [] encode(Framing framing, byte[] payload) {
		ByteBuf out = Unpooled.buffer(payload.length + 16).writeZero(framing.headerLength()).writeBytes(payload);
		try {
			framing.complete(out, 0);
			return ByteBufUtil.getBytes(out);
		}
		catch (FramingException ex) {
			return null;
		}
	}

	/**
	 * Sets up a framing by one byte.
	 */
	private interface Setup {

		Framing framing(byte head);

	}

}
