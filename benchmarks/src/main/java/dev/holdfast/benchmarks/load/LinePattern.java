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
final class LinePattern implements RequestPattern {

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

	@Override
	public int requestLength() {
		return this.template.length;
	}

	@Override
	public int replyLength() {
		return this.template.length;
	}

	@Override
	public void write(ByteBuf out, int connection, int sequence) {
		int start = out.writerIndex();
		out.writeBytes(this.template);
		out.setLong(start + this.numbersAt, letters(connection));
		out.setLong(start + this.numbersAt + Long.BYTES, letters(sequence));
	}

	@Override
	public boolean matches(ByteBuf in, int start, int connection, int sequence) {
		return in.getLong(start + this.numbersAt) == letters(connection)
				&& in.getLong(start + this.numbersAt + Long.BYTES) == letters(sequence)
				&& in.getByte(start + this.template.length - 1) == '\n';
	}

	@Override
	public boolean matchesWholly(ByteBuf in, int start, int connection, int sequence) {
		ByteBuf expected = Unpooled.buffer(this.template.length);
		write(expected, connection, sequence);
		byte[] actual = new byte[this.template.length];
		in.getBytes(start, actual);
		return Arrays.equals(actual, expected.array());
	}

	static long letters(int number) {
		long spread = number & 0xFFFF_FFFFL;
		spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFFL;
		spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FFL;
		spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
		return spread + LETTER_A;
	}

}
