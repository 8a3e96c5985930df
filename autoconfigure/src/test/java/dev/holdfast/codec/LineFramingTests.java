package dev.holdfast.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import dev.holdfast.codec.FramingProbe.Decoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LineFramingTests {

	private static final int MAX = 5;

	private final LineFraming framing = new LineFraming(MAX);

	@Test
	void createWhenMaxFrameLengthIsZeroThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new LineFraming(0))
			.withMessage("'maxFrameLength' must be positive");
	}

	@Test
	void nextWhenOneByteAtATimeFindsLines() {
		assertThat(FramingProbe.decodeBytewise(this.framing, "one\ntwo\r\nrest"))
			.isEqualTo(Decoded.of("one", "two").rest(4));
	}

	@Test
	void nextWhenManyLinesInOneBufferFindsEach() {
		assertThat(FramingProbe.decode(this.framing, "one\ntwo\r\nthree\n"))
			.isEqualTo(Decoded.of("one", "two", "three"));
	}

	@Test
	void nextWhenLineOverManyBuffersFindsIt() {
		assertThat(FramingProbe.decode(this.framing, "o", "n", "e", "\r", "\ntw", "o\n"))
			.isEqualTo(Decoded.of("one", "two"));
	}

	@Test
	void nextWhenLineIsEmptyFindsEmptyPayload() {
		assertThat(FramingProbe.decode(this.framing, "\n\r\n\n")).isEqualTo(Decoded.of("", "", ""));
	}

	@Test
	void nextWhenSeveralReturnsStripsAllBehindAndNoneWithin() {
		assertThat(FramingProbe.decode(this.framing, "a\rb\r\r\n")).isEqualTo(Decoded.of("a\rb"));
	}

	@Test
	void nextWhenLineIsLongestAllowedFindsIt() {
		assertThat(FramingProbe.decode(this.framing, "12345\n12345\r\n1234\r\r\n"))
			.isEqualTo(Decoded.of("12345", "12345", "1234"));
	}

	@Test
	void nextWhenLineIsOneBeyondLongestIsTooLarge() {
		assertThat(FramingProbe.decode(this.framing, "ok\n123456\n")).isEqualTo(Decoded.of("ok").tooLarge());
		assertThat(FramingProbe.decode(this.framing, "123456\r\n")).isEqualTo(Decoded.of().tooLarge());
		assertThat(FramingProbe.decode(this.framing, "12345\r\r\n")).isEqualTo(Decoded.of().tooLarge());
	}

	@Test
	void nextWhenUnfinishedLineCannotBecomeAllowedIsTooLarge() {
		assertThat(FramingProbe.decode(this.framing, "12345")).isEqualTo(Decoded.of().rest(5));
		assertThat(FramingProbe.decode(this.framing, "12345\r")).isEqualTo(Decoded.of().rest(6));
		assertThat(FramingProbe.decode(this.framing, "123456")).isEqualTo(Decoded.of().tooLarge());
		assertThat(FramingProbe.decode(this.framing, "12345\r\r")).isEqualTo(Decoded.of().tooLarge());
	}

	@Test
	void nextWhenThereIsNoLimitFindsLine() {
		assertThat(FramingProbe.decode(new LineFraming(Integer.MAX_VALUE), "abc", "def\n"))
			.isEqualTo(Decoded.of("abcdef"));
	}

	@Test
	void nextWhenBytesWereScannedDoesNotLookAtThemAgain() {
		Frame frame = new Frame();
		frame.reset(2);
		assertThat(this.framing.next(Unpooled.wrappedBuffer(FramingProbe.bytes("a\nbc")), frame)).isFalse();
		assertThat(frame.scanned()).isEqualTo(4);
	}

	@Test
	void nextWhenSplitAnyhowFindsWhatReferenceFinds() {
		Random random = new Random(1);
		for (int i = 0; i < 5000; i++) {
			String input = FramingProbe.random(random, "abcd\r\r\n\n", 40);
			Decoded expected = reference(input);
			assertThat(FramingProbe.decode(this.framing, input)).as(input).isEqualTo(expected);
			assertThat(FramingProbe.decodeBytewise(this.framing, input)).as(input).isEqualTo(expected);
			assertThat(FramingProbe.decodeSplit(this.framing, input, random)).as(input).isEqualTo(expected);
		}
	}

	private Decoded reference(String input) {
		List<String> lines = new ArrayList<>();
		String rest = input;
		for (int newline = rest.indexOf('\n'); newline >= 0; newline = rest.indexOf('\n')) {
			String raw = rest.substring(0, newline);
			if (isTooLong(raw)) {
				return new Decoded(lines, FrameTooLargeException.class, 0);
			}
			lines.add(raw.replaceAll("\r+$", ""));
			rest = rest.substring(newline + 1);
		}
		return isTooLong(rest) ? new Decoded(lines, FrameTooLargeException.class, 0)
				: new Decoded(lines, null, rest.length());
	}

	private boolean isTooLong(String raw) {
		return (raw.endsWith("\r") ? raw.length() - 1 : raw.length()) > MAX;
	}

	@Test
	void completeWhenPayloadFitsIsReadBack() {
		Random random = new Random(2);
		LineFraming framing = new LineFraming(64);
		for (int i = 0; i < 2000; i++) {
			String payload = FramingProbe.random(random, "ab\r\0\u00ff", 63) + "x";
			String encoded = FramingProbe.encode(framing, payload);
			assertThat(encoded).isEqualTo(payload + "\n");
			assertThat(FramingProbe.decodeSplit(framing, encoded, random)).isEqualTo(Decoded.of(payload));
		}
	}

	@Test
	void completeWhenPayloadIsEmptyWritesEmptyLine() {
		assertThat(FramingProbe.encode(this.framing, "")).isEqualTo("\n");
	}

	@Test
	void completeWhenPayloadIsLongerThanLongestWritesIt() {
		assertThat(FramingProbe.encode(this.framing, "1234567")).isEqualTo("1234567\n");
	}

	@Test
	void completeWhenPayloadContainsLineFeedThrowsException() {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(this.framing, "a\nb"))
			.withMessage("A line cannot hold a payload that contains a line feed");
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(this.framing, "\n"));
	}

	@Test
	void completeWhenPayloadEndsInReturnThrowsException() {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> FramingProbe.encode(this.framing, "a\r"))
			.withMessage("A line cannot hold a payload that ends in a carriage return");
	}

}
