package dev.holdfast.codec;

import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.holdfast.codec.FramingProbe.Decoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FixedLengthFramingTests {

	private final FixedLengthFraming framing = new FixedLengthFraming(3, 3);

	@Test
	void createWhenLengthIsZeroThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new FixedLengthFraming(0, 8))
			.withMessage("'frameLength' must be positive");
	}

	@Test
	void createWhenLengthIsOneBeyondLongestThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new FixedLengthFraming(9, 8))
			.withMessage("'frameLength' of 9 must not be above 'maxFrameLength' of 8");
	}

	@Test
	void nextWhenOneByteAtATimeFindsFrames() {
		assertThat(FramingProbe.decodeBytewise(this.framing, "onetwore")).isEqualTo(Decoded.of("one", "two").rest(2));
	}

	@Test
	void nextWhenManyFramesInOneBufferFindsEach() {
		assertThat(FramingProbe.decode(this.framing, "onetwosixre")).isEqualTo(Decoded.of("one", "two", "six").rest(2));
	}

	@Test
	void nextWhenFrameOverManyBuffersFindsIt() {
		assertThat(FramingProbe.decode(this.framing, "o", "n", "et", "wo")).isEqualTo(Decoded.of("one", "two"));
	}

	@Test
	void completeWhenPayloadHasLengthIsReadBackHoweverSplit() {
		Random random = new Random(7);
		FixedLengthFraming framing = new FixedLengthFraming(20, 64);
		for (int i = 0; i < 500; i++) {
			String text = FramingProbe.random(random, "ab\r\n\0\u00ff", 20);
			String payload = text + "x".repeat(20 - text.length());
			String encoded = FramingProbe.encode(framing, payload);
			assertThat(encoded).isEqualTo(payload);
			assertThat(FramingProbe.decodeSplit(framing, encoded + encoded + text, random))
				.isEqualTo(FramingProbe.decode(framing, encoded + encoded + text))
				.satisfies((decoded) -> assertThat(decoded.payloads()).startsWith(payload, payload));
		}
	}

	@Test
	void completeWhenPayloadHasAnotherLengthThrowsException() {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(this.framing, "four"))
			.withMessage("A payload has 4 bytes instead of the fixed length of 3");
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(this.framing, "to"));
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(this.framing, ""));
	}

}
