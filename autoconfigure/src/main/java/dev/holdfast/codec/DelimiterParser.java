package dev.holdfast.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HexFormat;

import org.springframework.util.Assert;

/**
 * Parses the escaped text of a delimiter, once per instance.
 */
final class DelimiterParser {

	private final String source;

	private final Charset charset;

	private final StringBuilder characters = new StringBuilder();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private int position;

	DelimiterParser(String source, Charset charset) {
		this.source = source;
		this.charset = charset;
	}

	byte[] parse() {
		Assert.isTrue(!this.source.isEmpty(), "'delimiter' must not be empty");
		while (this.position < this.source.length()) {
			char character = this.source.charAt(this.position++);
			if (character == '\\') {
				parseEscape();
			}
			else {
				this.characters.append(character);
			}
		}
		encodeCharacters();
		return this.bytes.toByteArray();
	}

	private void parseEscape() {
		char kind = (this.position < this.source.length()) ? this.source.charAt(this.position++) : ' ';
		switch (kind) {
			case '0' -> this.characters.append('\0');
			case 't' -> this.characters.append('\t');
			case 'n' -> this.characters.append('\n');
			case 'f' -> this.characters.append('\f');
			case 'r' -> this.characters.append('\r');
			case '\\' -> this.characters.append('\\');
			case 'u' -> this.characters.append((char) parseHex(4));
			case 'x' -> {
				encodeCharacters();
				this.bytes.write(parseHex(2));
			}
			default -> throw invalidEscape();
		}
	}

	private int parseHex(int digits) {
		int from = this.position;
		int to = from + digits;
		if (to > this.source.length() || !this.source.substring(from, to).chars().allMatch(HexFormat::isHexDigit)) {
			throw invalidEscape();
		}
		this.position = to;
		return HexFormat.fromHexDigits(this.source, from, to);
	}

	private IllegalArgumentException invalidEscape() {
		return new IllegalArgumentException(
				"Delimiter '%s' has an invalid escape: use \\0, \\t, \\n, \\f, \\r, \\\\, \\xHH or \\uHHHH"
					.formatted(this.source));
	}

	private void encodeCharacters() {
		try {
			ByteBuffer encoded = this.charset.newEncoder().encode(CharBuffer.wrap(this.characters));
			this.bytes.write(encoded.array(), encoded.arrayOffset(), encoded.remaining());
			this.characters.setLength(0);
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException(
					"Delimiter '%s' has a character that %s lacks".formatted(this.source, this.charset), ex);
		}
	}

}
