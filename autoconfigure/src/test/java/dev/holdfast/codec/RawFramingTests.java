package dev.holdfast.codec;

import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.holdfast.codec.FramingProbe.Decoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RawFramingTests {

	private final RawFraming framing = new RawFraming(5);

	@Test
	void createWhenMaxFrameLengthIsZeroThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RawFraming(0))
			.withMessage("'maxFrameLength' must be positive");
	}

	@Test
	void nextWhenOneByteAtATimeFindsEach() {
		assertThat(FramingProbe.decodeBytewise(this.framing, "a\nb")).isEqualTo(Decoded.of("a", "\n", "b"));
	}

	@Test
	void nextWhenChunksArriveFindsEachAsItIs() {
		assertThat(FramingProbe.decode(this.framing, "one", "\0\r\n", "four"))
			.isEqualTo(Decoded.of("one", "\0\r\n", "four"));
	}

	@Test
	void nextWhenChunkIsLongestAllowedFindsOne() {
		assertThat(FramingProbe.decode(this.framing, "12345")).isEqualTo(Decoded.of("12345"));
	}

	@Test
	void nextWhenChunkIsBeyondLongestFindsSeveral() {
		assertThat(FramingProbe.decode(this.framing, "123456")).isEqualTo(Decoded.of("12345", "6"));
		assertThat(FramingProbe.decode(this.framing, "12345123451")).isEqualTo(Decoded.of("12345", "12345", "1"));
	}

	@Test
	void nextWhenSplitAnyhowLosesNothing() {
		Random random = new Random(8);
		for (int i = 0; i < 500; i++) {
			String input = FramingProbe.random(random, "ab\r\n\0\u00ff", 60);
			Decoded decoded = FramingProbe.decodeSplit(this.framing, input, random);
			assertThat(String.join("", decoded.payloads())).isEqualTo(input);
			assertThat(decoded.payloads()).allSatisfy((payload) -> assertThat(payload.length()).isBetween(1, 5));
			assertThat(decoded.rest()).isZero();
		}
	}

	@Test
	void completeWhenAnyPayloadIsReadBack() {
		assertThat(FramingProbe.encode(this.framing, "a\r\nb\0")).isEqualTo("a\r\nb\0");
		assertThat(FramingProbe.decode(this.framing, FramingProbe.encode(this.framing, "abc")))
			.isEqualTo(Decoded.of("abc"));
	}

	@Test
	void completeWhenPayloadIsEmptyWritesNothing() {
		assertThat(FramingProbe.encode(this.framing, "")).isEmpty();
	}

}
