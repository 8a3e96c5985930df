package dev.holdfast.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.holdfast.codec.FramingProbe.Decoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DelimiterFramingTests {

	private static final int MAX = 5;

	@Test
	void createWhenDelimiterIsEmptyThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new DelimiterFraming(new byte[0], 5))
			.withMessage("'delimiter' must not be empty");
	}

	@Test
	void createWhenMaxFrameLengthIsZeroThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new DelimiterFraming(new byte[1], 0))
			.withMessage("'maxFrameLength' must be positive");
	}

	@Test
	void createWhenArrayIsChangedAfterwardsKeepsDelimiter() {
		byte[] delimiter = { '|' };
		DelimiterFraming framing = new DelimiterFraming(delimiter, MAX);
		delimiter[0] = '!';
		assertThat(FramingProbe.encode(framing, "a")).isEqualTo("a|");
	}

	@Test
	void nextWhenOneByteAtATimeFindsFrames() {
		assertThat(FramingProbe.decodeBytewise(framing("\0"), "one\0two\0rest"))
			.isEqualTo(Decoded.of("one", "two").rest(4));
		assertThat(FramingProbe.decodeBytewise(framing("#=#"), "one#=##=#re#="))
			.isEqualTo(Decoded.of("one", "").rest(4));
	}

	@Test
	void nextWhenManyFramesInOneBufferFindsEach() {
		assertThat(FramingProbe.decode(framing("||"), "one||||two|||")).isEqualTo(Decoded.of("one", "", "two").rest(1));
	}

	@Test
	void nextWhenFrameOverManyBuffersFindsIt() {
		assertThat(FramingProbe.decode(framing("#=#"), "o", "ne#", "=", "#t", "w#o#", "=#"))
			.isEqualTo(Decoded.of("one", "tw#o"));
	}

	@Test
	void nextWhenFrameIsLongestAllowedFindsIt() {
		assertThat(FramingProbe.decode(framing("||"), "12345||1234|||")).isEqualTo(Decoded.of("12345", "1234").rest(1));
	}

	@Test
	void nextWhenFrameIsOneBeyondLongestIsTooLarge() {
		assertThat(FramingProbe.decode(framing("||"), "ok||123456||")).isEqualTo(Decoded.of("ok").tooLarge());
		assertThat(FramingProbe.decode(framing("|"), "123456|")).isEqualTo(Decoded.of().tooLarge());
	}

	@Test
	void nextWhenUnfinishedFrameCannotBecomeAllowedIsTooLarge() {
		assertThat(FramingProbe.decode(framing("||"), "12345|")).isEqualTo(Decoded.of().rest(6));
		assertThat(FramingProbe.decode(framing("||"), "1234567")).isEqualTo(Decoded.of().tooLarge());
		assertThat(FramingProbe.decode(framing("|"), "123456")).isEqualTo(Decoded.of().tooLarge());
	}

	@Test
	void nextWhenThereIsNoLimitFindsFrame() {
		DelimiterFraming framing = new DelimiterFraming(FramingProbe.bytes("||"), Integer.MAX_VALUE);
		assertThat(FramingProbe.decode(framing, "abc", "def||")).isEqualTo(Decoded.of("abcdef"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "|", "||", "|a|", "aab", "ab|ab", "|||||||||" })
	void nextWhenSplitAnyhowFindsWhatReferenceFinds(String delimiter) {
		Random random = new Random(3);
		DelimiterFraming framing = framing(delimiter);
		for (int i = 0; i < 2000; i++) {
			String input = FramingProbe.random(random, "ab||", 20) + delimiter
					+ FramingProbe.random(random, "ab||", 20);
			Decoded expected = reference(input, delimiter);
			assertThat(FramingProbe.decode(framing, input)).as(input).isEqualTo(expected);
			assertThat(FramingProbe.decodeBytewise(framing, input)).as(input).isEqualTo(expected);
			assertThat(FramingProbe.decodeSplit(framing, input, random)).as(input).isEqualTo(expected);
		}
	}

	private Decoded reference(String input, String delimiter) {
		List<String> frames = new ArrayList<>();
		String rest = input;
		for (int end = rest.indexOf(delimiter); end >= 0; end = rest.indexOf(delimiter)) {
			if (end > MAX) {
				return new Decoded(frames, FrameTooLargeException.class, 0);
			}
			frames.add(rest.substring(0, end));
			rest = rest.substring(end + delimiter.length());
		}
		boolean tooLarge = rest.length() > MAX + delimiter.length() - 1;
		return tooLarge ? new Decoded(frames, FrameTooLargeException.class, 0)
				: new Decoded(frames, null, rest.length());
	}

	@ParameterizedTest
	@ValueSource(strings = { "|", "||", "|a|", "aab", "aba", "ab|ab" })
	void completeWhenPayloadIsReadableIsReadBackAndElseThrowsException(String delimiter) {
		Random random = new Random(4);
		DelimiterFraming framing = new DelimiterFraming(FramingProbe.bytes(delimiter), 64);
		for (int i = 0; i < 2000; i++) {
			String payload = FramingProbe.random(random, "ab|", 8);
			if ((payload + delimiter).indexOf(delimiter) == payload.length()) {
				String encoded = FramingProbe.encode(framing, payload);
				assertThat(encoded).isEqualTo(payload + delimiter);
				assertThat(FramingProbe.decodeSplit(framing, encoded, random)).isEqualTo(Decoded.of(payload));
			}
			else {
				assertThatExceptionOfType(FramingException.class).as(payload)
					.isThrownBy(() -> FramingProbe.encode(framing, payload));
			}
		}
	}

	@Test
	void completeWhenPayloadContainsDelimiterThrowsException() {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(framing("\0"), "a\0b"))
			.withMessage("A delimited frame cannot hold a payload in which the delimiter begins");
	}

	@Test
	void completeWhenDelimiterBeginsInPayloadThrowsException() {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(framing("||"), "a|"));
	}

	@Test
	void completeWhenPayloadEndsLikeDelimiterBeginsButDoesNotFormItIsReadBack() {
		assertThat(FramingProbe.encode(framing("aab"), "xa")).isEqualTo("xaaab");
		assertThat(FramingProbe.decode(framing("aab"), "xaaab")).isEqualTo(Decoded.of("xa"));
	}

	private DelimiterFraming framing(String delimiter) {
		return new DelimiterFraming(FramingProbe.bytes(delimiter), MAX);
	}

}
