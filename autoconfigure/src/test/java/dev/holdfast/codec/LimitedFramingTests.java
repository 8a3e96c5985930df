package dev.holdfast.codec;

import java.util.Random;
import java.util.function.BiPredicate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.holdfast.codec.FramingProbe.Decoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LimitedFramingTests {

	private final LimitedFraming framing = new LimitedFraming(new StxEtxFraming(), 7);

	@Test
	void createWhenMaxFrameLengthIsZeroThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new LimitedFraming(new StxEtxFraming(), 0))
			.withMessage("'maxFrameLength' must be positive");
	}

	@Test
	void nextWhenOneByteAtATimeFindsFrames() {
		assertThat(FramingProbe.decodeBytewise(this.framing, "\2one\3\2\3\2two"))
			.isEqualTo(Decoded.of("one", "").rest(4));
	}

	@Test
	void nextWhenManyFramesInOneBufferFindsEach() {
		assertThat(FramingProbe.decode(this.framing, "\2one\3\2\3\2two\3")).isEqualTo(Decoded.of("one", "", "two"));
	}

	@Test
	void nextWhenFrameOverManyBuffersFindsIt() {
		assertThat(FramingProbe.decode(this.framing, "\2o", "n", "e", "\3\2", "\3")).isEqualTo(Decoded.of("one", ""));
	}

	@Test
	void nextWhenFrameIsLongestAllowedFindsIt() {
		assertThat(FramingProbe.decode(this.framing, "\00212345\3")).isEqualTo(Decoded.of("12345"));
	}

	@Test
	void nextWhenFrameIsOneBeyondLongestIsTooLarge() {
		assertThat(FramingProbe.decode(this.framing, "\2a\3\002123456\3")).isEqualTo(Decoded.of("a").tooLarge());
	}

	@Test
	void nextWhenIncompleteFrameIsBeyondLongestIsTooLarge() {
		assertThat(FramingProbe.decode(this.framing, "\002123456")).isEqualTo(Decoded.of().rest(7));
		assertThat(FramingProbe.decode(this.framing, "\0021234567")).isEqualTo(Decoded.of().tooLarge());
	}

	@Test
	void nextWhenSplitAnyhowFindsTheSame() {
		Random random = new Random(9);
		for (int i = 0; i < 2000; i++) {
			String input = FramingProbe.random(random, "\2aaa\3\3", 40);
			Decoded expected = FramingProbe.decode(this.framing, input);
			assertThat(FramingProbe.decodeBytewise(this.framing, input)).as(input).isEqualTo(expected);
			assertThat(FramingProbe.decodeSplit(this.framing, input, random)).as(input).isEqualTo(expected);
		}
	}

	@Test
	void nextWhenDelegateThrowsExceptionThrowsIt() {
		assertThat(FramingProbe.decode(this.framing, "\2a\3x\3")).isEqualTo(Decoded.of("a").invalid());
	}

	@ParameterizedTest
	@CsvSource({ "2, 0, 2", "2, 0, 1", "2, 0, -1", "2, 0, 6", "1, 1, 4", "2, -1, 4", "3, 2, 4", "5, 0, 4",
			"3, 2147483647, 4", "-2147483648, 0, 4" })
	void nextWhenReportedFrameIsImpossibleThrowsException(int offset, int length, int end) {
		assertThatInvalid((in, frame) -> frame.found(offset, length, end));
	}

	@ParameterizedTest
	@CsvSource({ "2, 0, 3", "2, 3, 5", "4, 0, 4", "3, 1, 5" })
	void nextWhenReportedFrameIsPossibleReturnsIt(int offset, int length, int end) {
		ByteBuf in = Unpooled.buffer().writeZero(5).readerIndex(2);
		Framing delegate = new LambdaFraming((buffer, frame) -> frame.found(offset, length, end));
		assertThat(new LimitedFraming(delegate, 7).next(in, new Frame())).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "-1", "4" })
	void nextWhenScannedBytesAreImpossibleThrowsException(int scanned) {
		assertThatInvalid((in, frame) -> frame.incomplete(scanned));
	}

	private void assertThatInvalid(BiPredicate<ByteBuf, Frame> next) {
		ByteBuf in = Unpooled.buffer().writeZero(5).readerIndex(2);
		LimitedFraming limited = new LimitedFraming(new LambdaFraming(next), 7);
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> limited.next(in, new Frame()))
			.withMessageStartingWith(LambdaFraming.class.getName());
	}

	@Test
	void completeWhenAnyPayloadIsReadBack() {
		Random random = new Random(10);
		for (int i = 0; i < 200; i++) {
			String payload = FramingProbe.random(random, "ab\2\r\n", 5);
			String encoded = FramingProbe.encode(this.framing, payload);
			assertThat(encoded).isEqualTo("\2" + payload + "\3");
			assertThat(FramingProbe.decodeSplit(this.framing, encoded, random)).isEqualTo(Decoded.of(payload));
		}
	}

	private record LambdaFraming(BiPredicate<ByteBuf, Frame> next) implements Framing {

		@Override
		public boolean next(ByteBuf in, Frame frame) {
			return this.next.test(in, frame);
		}

		@Override
		public void complete(ByteBuf out, int frameStart) {
		}

	}

	private static final class StxEtxFraming implements Framing {

		@Override
		public boolean next(ByteBuf in, Frame frame) {
			int start = in.readerIndex();
			if (in.getByte(start) != 0x02) {
				throw new FramingException("No STX");
			}
			int etx = in.indexOf(start + frame.scanned(), in.writerIndex(), (byte) 0x03);
			return (etx < 0) ? frame.incomplete(in.readableBytes()) : frame.found(start + 1, etx - start - 1, etx + 1);
		}

		@Override
		public int headerLength() {
			return 1;
		}

		@Override
		public void complete(ByteBuf out, int frameStart) {
			out.setByte(frameStart, 0x02).writeByte(0x03);
		}

	}

}
