package dev.holdfast.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DelimiterParserTests {

	@Test
	void parseWhenThereAreNoEscapesReturnsCharacters() {
		assertThat(parse("||")).containsExactly('|', '|');
	}

	@Test
	void parseWhenThereAreEscapesReturnsWhatTheyStandFor() {
		assertThat(parse("\\0")).containsExactly(0);
		assertThat(parse("\\r\\n")).containsExactly('\r', '\n');
		assertThat(parse("a\\t\\f\\\\b")).containsExactly('a', '\t', '\f', '\\', 'b');
		assertThat(parse("\\x7f\\u0003")).containsExactly(0x7f, 0x03);
	}

	@Test
	void parseWhenCharactersAreControlCharactersKeepsThem() {
		assertThat(parse("\0\r\n")).containsExactly(0, '\r', '\n');
	}

	@Test
	void parseWhenCharsetIsGivenEncodesCharactersButNotByteEscapes() {
		assertThat(parse("\\u00ff\\xFF")).containsExactly(0xc3, 0xbf, 0xff);
		assertThat(DelimiterFraming.parse("\\n\\xff", StandardCharsets.UTF_16BE)).containsExactly(0, '\n', 0xff);
	}

	@Test
	void parseWhenSurrogatesAreEscapedReturnsOneCharacter() {
		assertThat(parse("\\ud83d\\ude00")).isEqualTo("\ud83d\ude00".getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\", "a\\", "\\q", "\\x", "\\x7", "\\x7g", "\\x+7", "\\u000", "\\u00g0" })
	void parseWhenEscapeIsInvalidThrowsException(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> parse(text))
			.withMessage("Delimiter '%s' has an invalid escape: use \\0, \\t, \\n, \\f, \\r, \\\\, \\xHH or \\uHHHH",
					text);
	}

	@Test
	void parseWhenTextIsEmptyThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> parse("")).withMessage("'delimiter' must not be empty");
	}

	@Test
	void parseWhenCharsetLacksCharacterThrowsException() {
		Charset charset = StandardCharsets.ISO_8859_1;
		assertThatIllegalArgumentException().isThrownBy(() -> DelimiterFraming.parse("\\u20ac", charset))
			.withMessage("Delimiter '\\u20ac' has a character that ISO-8859-1 lacks");
		assertThatIllegalArgumentException().isThrownBy(() -> parse("\\ud83d"));
	}

	private byte[] parse(String text) {
		return DelimiterFraming.parse(text, StandardCharsets.UTF_8);
	}

}
