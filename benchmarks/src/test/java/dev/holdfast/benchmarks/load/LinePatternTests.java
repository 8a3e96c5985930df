package dev.holdfast.benchmarks.load;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LinePattern}.
 */
class LinePatternTests {

	@Test
	void writeWhenTextWritesConnectionAndSequenceInLetters() {
		assertThat(line(LinePattern.text(20), 1, 0x2B)).isEqualTo("AAAAAAABAAAAAACLxxxx\n");
	}

	@Test
	void writeWhenJsonWritesNumbersIntoDevice() {
		assertThat(line(LinePattern.json(), 0, 2))
			.isEqualTo("{\"active\":true,\"device\":\"AAAAAAAAAAAAAAAC\",\"id\":1234567,\"value\":21.5}\n");
	}

	@Test
	void matchesWhenSequenceDiffersReturnsFalse() {
		LinePattern pattern = LinePattern.text(32);
		ByteBuf line = Unpooled.buffer();
		pattern.write(line, 7, 8);
		assertThat(pattern.matches(line, 0, 7, 8)).isTrue();
		assertThat(pattern.matches(line, 0, 7, 9)).isFalse();
		assertThat(pattern.matches(line, 0, 6, 8)).isFalse();
	}

	@Test
	void matchesWhollyWhenAnyByteDiffersReturnsFalse() {
		LinePattern pattern = LinePattern.text(32);
		ByteBuf line = Unpooled.buffer();
		pattern.write(line, 7, 8);
		assertThat(pattern.matchesWholly(line, 0, 7, 8)).isTrue();
		line.setByte(20, 'y');
		assertThat(pattern.matchesWholly(line, 0, 7, 8)).isFalse();
	}

	@Test
	void textWhenTooShortThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> LinePattern.text(15));
	}

	private static String line(LinePattern pattern, int connection, int sequence) {
		ByteBuf out = Unpooled.buffer();
		pattern.write(out, connection, sequence);
		return out.toString(StandardCharsets.US_ASCII);
	}

}
