package dev.holdfast.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Lines of one length that differ from each other by the connection and the sequence
 * number that they carry, each written in eight letters. The reply to a line is that
 * line. Immutable.
 *
 * <pre class="code">
 *  +--------+------------+----------+--------+------+
 *  |  ...   | connection | sequence |  ...   | 0x0A |
 *  +--------+------------+----------+--------+------+
 *               8 bytes     8 bytes
 * </pre>
 */
final class LinePattern {

	private static final String NUMBERS = "AAAAAAAAAAAAAAAA";

	private static final long LETTER_A = 0x4141_4141_4141_4141L;

	private final byte[] template;

	private final int numbersAt;

	private LinePattern(String line) {
		this.template = (line + '\n').getBytes(StandardCharsets.US_ASCII);
		this.numbersAt = line.indexOf(NUMBERS);
	}

	static LinePattern text(int size) {
		if (size < NUMBERS.length()) {
			throw new IllegalArgumentException("A line must have %d bytes or more".formatted(NUMBERS.length()));
		}
		return new LinePattern(NUMBERS + "x".repeat(size - NUMBERS.length()));
	}

	static LinePattern json() {
		return new LinePattern("{\"active\":true,\"device\":\"%s\",\"id\":1234567,\"value\":21.5}".formatted(NUMBERS));
	}

	int length() {
		return this.template.length;
	}

	void write(ByteBuf out, int connection, int sequence) {
		int start = out.writerIndex();
		out.writeBytes(this.template);
		out.setLong(start + this.numbersAt, letters(connection));
		out.setLong(start + this.numbersAt + Long.BYTES, letters(sequence));
	}

	/**
	 * Whether a line carries these numbers and ends where it should.
	 * @param in the buffer
	 * @param start the index of the line
	 * @param connection the number of the connection
	 * @param sequence the number of the line on its connection
	 * @return whether it does
	 */
	boolean matches(ByteBuf in, int start, int connection, int sequence) {
		return in.getLong(start + this.numbersAt) == letters(connection)
				&& in.getLong(start + this.numbersAt + Long.BYTES) == letters(sequence)
				&& in.getByte(start + this.template.length - 1) == '\n';
	}

	/**
	 * Whether a line is the right one, byte by byte.
	 * @param in the buffer
	 * @param start the index of the line
	 * @param connection the number of the connection
	 * @param sequence the number of the line on its connection
	 * @return whether it is
	 */
	boolean matchesWholly(ByteBuf in, int start, int connection, int sequence) {
		ByteBuf expected = Unpooled.buffer(length());
		write(expected, connection, sequence);
		byte[] actual = new byte[length()];
		in.getBytes(start, actual);
		return Arrays.equals(actual, expected.array());
	}

	private static long letters(int number) {
		long spread = number & 0xFFFF_FFFFL;
		spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFFL;
		spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FFL;
		spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
		return spread + LETTER_A;
	}

}
