package dev.holdfast.codec;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.holdfast.codec.FramingProbe.Decoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LengthFieldFramingTests {

	private static final String ALL_BYTES = new String(allBytes(), StandardCharsets.ISO_8859_1);

	private final LengthFieldFraming stripped = framing(2, 0, false, 7);

	@Test
	void createWhenHeaderIsLongerThanLongestFrameThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> framing(4, 0, false, 3))
			.withMessage("'maxFrameLength' must hold the header of 4 bytes");
	}

	@Test
	void nextWhenOneByteAtATimeFindsFrames() {
		assertThat(FramingProbe.decodeBytewise(this.stripped, "\0\3one\0\0\0\2to\0"))
			.isEqualTo(Decoded.of("one", "", "to").rest(1));
	}

	@Test
	void nextWhenManyFramesInOneBufferFindsEach() {
		assertThat(FramingProbe.decode(this.stripped, "\0\3one\0\0\0\2to\0\4abc"))
			.isEqualTo(Decoded.of("one", "", "to").rest(5));
	}

	@Test
	void nextWhenFrameOverManyBuffersFindsIt() {
		assertThat(FramingProbe.decode(this.stripped, "\0", "\3o", "n", "e\0\2", "to"))
			.isEqualTo(Decoded.of("one", "to"));
	}

	@Test
	void nextWhenFrameIsLongestAllowedFindsIt() {
		assertThat(FramingProbe.decode(this.stripped, "\0\00512345")).isEqualTo(Decoded.of("12345"));
	}

	@Test
	void nextWhenFrameIsOneBeyondLongestIsTooLargeAtItsHeader() {
		assertThat(FramingProbe.decode(this.stripped, "\0\1a\0\6")).isEqualTo(Decoded.of("a").tooLarge());
		assertThat(FramingProbe.decode(this.stripped, "\u00ff\u00ff")).isEqualTo(Decoded.of().tooLarge());
	}

	@Test
	void nextWhenHeaderIsIncludedCountsIt() {
		LengthFieldFraming framing = framing(2, 0, true, 7);
		assertThat(FramingProbe.decode(framing, "\0\5one\0\2\0\00712345")).isEqualTo(Decoded.of("one", "", "12345"));
		assertThat(FramingProbe.decode(framing, "\0\10")).isEqualTo(Decoded.of().tooLarge());
	}

	@Test
	void nextWhenIncludedLengthIsBelowHeaderIsInvalid() {
		assertThat(FramingProbe.decode(framing(2, 0, true, 7), "\0\1")).isEqualTo(Decoded.of().invalid());
		assertThat(FramingProbe.decode(framing(2, 0, true, 7), "\0\0")).isEqualTo(Decoded.of().invalid());
	}

	@Test
	void nextWhenAdjustedLengthIsBelowHeaderIsInvalid() {
		assertThat(FramingProbe.decode(framing(2, -3, false, 7), "\0\3\0\5ab\0\2"))
			.isEqualTo(Decoded.of("", "ab").invalid());
	}

	@Test
	void nextWhenEightByteLengthIsNegativeIsInvalid() {
		String value = "\u00ff".repeat(8);
		assertThat(FramingProbe.decode(framing(8, 0, false, 100), value)).isEqualTo(Decoded.of().invalid());
		assertThat(FramingProbe.decode(framing(8, 5, true, 100), value)).isEqualTo(Decoded.of().invalid());
	}

	@Test
	void nextWhenEightByteLengthIsHugeIsTooLarge() {
		String value = "\u007f" + "\u00ff".repeat(7);
		assertThat(FramingProbe.decode(framing(8, 0, false, 100), value)).isEqualTo(Decoded.of().tooLarge());
		assertThat(FramingProbe.decode(framing(8, 5, true, Integer.MAX_VALUE), value))
			.isEqualTo(Decoded.of().tooLarge());
	}

	@ParameterizedTest
	@CsvSource({ "1, 255", "2, 65535", "3, 16777215", "4, 4294967295" })
	void nextWhenEveryBitIsSetReadsUnsigned(int length, long value) {
		String field = "\u00ff".repeat(length);
		assertThat(FramingProbe.decode(framing(length, 0, false, 16), field)).isEqualTo(Decoded.of().tooLarge());
		int adjustment = (int) -Math.min(value, Integer.MAX_VALUE);
		Decoded adjusted = FramingProbe.decode(framing(length, adjustment, false, 16), field);
		assertThat(adjusted).isEqualTo((length < 4) ? Decoded.of("") : Decoded.of().tooLarge());
	}

	@Test
	void nextWhenLittleEndianReadsLowByteFirst() {
		LengthField field = new LengthField(0, 3, 0, false, true, ByteOrder.LITTLE_ENDIAN);
		assertThat(FramingProbe.decode(new LengthFieldFraming(field, 16), "\2\0\0ab")).isEqualTo(Decoded.of("ab"));
		assertThat(FramingProbe.encode(new LengthFieldFraming(field, 16), "ab")).isEqualTo("\2\0\0ab");
	}

	@Test
	void nextWhenNotStrippedFindsWholeFrames() {
		LengthFieldFraming framing = whole(2, 1);
		assertThat(framing.headerLength()).isZero();
		assertThat(FramingProbe.decode(framing, "CA\2xyCB\0")).isEqualTo(Decoded.of("CA\2xy", "CB\0"));
	}

	@Test
	void completeWhenNotStrippedFillsInOnlyLength() {
		assertThat(FramingProbe.encode(whole(2, 1), "CA?xy")).isEqualTo("CA\2xy");
		assertThat(FramingProbe.encode(whole(2, 1), "CA?")).isEqualTo("CA\0");
	}

	@Test
	void completeWhenNotStrippedPayloadIsShorterThanHeaderThrowsException() {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(whole(2, 1), "CA"))
			.withMessage("A frame of 2 bytes has no room for its header of 3");
	}

	@Test
	void completeWhenStrippedWritesHeader() {
		assertThat(this.stripped.headerLength()).isEqualTo(2);
		assertThat(FramingProbe.encode(this.stripped, "one")).isEqualTo("\0\3one");
		assertThat(FramingProbe.encode(framing(2, 0, true, 7), "one")).isEqualTo("\0\5one");
		assertThat(FramingProbe.encode(framing(2, 2, false, 7), "one")).isEqualTo("\0\1one");
		assertThat(FramingProbe.encode(framing(8, -1, false, 16), "")).isEqualTo("\0\0\0\0\0\0\0\1");
	}

	@Test
	void completeWhenFrameIsLongerThanLongestWritesIt() {
		assertThat(FramingProbe.encode(this.stripped, "1234567")).isEqualTo("\0\0071234567");
	}

	@ParameterizedTest
	@CsvSource({ "1, 0, false, 255", "1, 0, true, 254", "1, 3, false, 258", "2, 0, false, 65535",
			"2, -4, true, 65529" })
	void completeWhenValueDoesNotFitFieldThrowsException(int length, int adjustment, boolean includesHeader,
			int longest) {
		LengthFieldFraming framing = framing(length, adjustment, includesHeader, 1 << 20);
		String encoded = FramingProbe.encode(framing, "x".repeat(longest));
		assertThat(encoded).startsWith("\u00ff".repeat(length) + "x");
		assertThatExceptionOfType(FramingException.class)
			.isThrownBy(() -> FramingProbe.encode(framing, "x".repeat(longest + 1)))
			.withMessage("A frame of %d bytes does not fit a length field of %d", longest + length + 1, length);
	}

	@Test
	void completeWhenValueWouldBeNegativeThrowsException() {
		assertThatExceptionOfType(FramingException.class)
			.isThrownBy(() -> FramingProbe.encode(framing(2, 3, false, 7), "ab"))
			.withMessage("A frame of 4 bytes does not fit a length field of 2");
	}

	@ParameterizedTest
	@MethodSource("fields")
	void completeWhenAnyPayloadIsReadBack(LengthField field) {
		Random random = new Random(5);
		LengthFieldFraming framing = new LengthFieldFraming(field, 200);
		int leastLength = Math.max(field.adjustment(), 0) + (field.strip() ? 0 : field.headerLength());
		for (int i = 0; i < 100; i++) {
			String payload = "x".repeat(leastLength) + FramingProbe.random(random, ALL_BYTES, 100);
			String encoded = FramingProbe.encode(framing, payload);
			String expected = field.strip() ? payload : encoded;
			assertThat(FramingProbe.decodeSplit(framing, encoded, random)).isEqualTo(Decoded.of(expected));
			assertThat(encoded.substring(field.headerLength()))
				.isEqualTo(field.strip() ? payload : payload.substring(field.headerLength()));
		}
	}

	@ParameterizedTest
	@MethodSource("fields")
	void nextWhenSplitAnyhowFindsWhatNettyFinds(LengthField field) {
		Random random = new Random(6);
		LengthFieldFraming framing = new LengthFieldFraming(field, 20);
		for (int i = 0; i < 100; i++) {
			String input = LengthFieldReference.stream(field, random);
			Decoded expected = LengthFieldReference.decode(field, 20, input);
			assertThat(FramingProbe.decode(framing, input)).isEqualTo(expected);
			assertThat(FramingProbe.decodeBytewise(framing, input)).isEqualTo(expected);
			assertThat(FramingProbe.decodeSplit(framing, input, random)).isEqualTo(expected);
		}
	}

	static Stream<LengthField> fields() {
		return Stream.of(1, 2, 3, 4, 8)
			.flatMap((length) -> Stream.of(-1, 0, 2)
				.flatMap((adjustment) -> Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
					.flatMap((order) -> Stream.of(true, false)
						.flatMap((includes) -> Stream.of(new LengthField(0, length, adjustment, includes, true, order),
								new LengthField(0, length, adjustment, includes, false, order),
								new LengthField(3, length, adjustment, includes, false, order))))));
	}

	private static byte[] allBytes() {
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		return bytes;
	}

	private LengthFieldFraming whole(int offset, int length) {
		return new LengthFieldFraming(new LengthField(offset, length, 0, false, false, ByteOrder.BIG_ENDIAN), 16);
	}

	private static LengthFieldFraming framing(int length, int adjustment, boolean includesHeader, int maxFrameLength) {
		LengthField field = new LengthField(0, length, adjustment, includesHeader, true, ByteOrder.BIG_ENDIAN);
		return new LengthFieldFraming(field, maxFrameLength);
	}

}
