package dev.holdfast.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * WebSocket text frames of one length, with the same numbers in them as lines have, each
 * with a mask of its own. The reply to a frame is its text without a mask. Immutable.
 *
 * <pre class="code">
 *  +------+--------+--------------+------------+----------+-----+
 *  | 0x81 | length | mask         | connection | sequence | ... |
 *  +------+--------+--------------+------------+----------+-----+
 *                    4 bytes         8 bytes      8 bytes
 *                    of requests
 * </pre>
 */
final class FramePattern implements RequestPattern {

	private static final int HEADER = 2;

	private static final int MASK_LENGTH = 4;

	private static final int MAX_SIZE = 120;

	private static final int TEXT = 0x81;

	private static final int MASKED = 0x80;

	private static final long FILLING = 0x7878_7878_7878_7878L;

	private final int size;

	FramePattern(int size) {
		if (size % Long.BYTES != 0 || size < 2 * Long.BYTES || size > MAX_SIZE) {
			throw new IllegalArgumentException("A frame must have 16, 24, … or %d bytes".formatted(MAX_SIZE));
		}
		this.size = size;
	}

	@Override
	public int requestLength() {
		return HEADER + MASK_LENGTH + this.size;
	}

	@Override
	public int replyLength() {
		return HEADER + this.size;
	}

	@Override
	public void write(ByteBuf out, int connection, int sequence) {
		int mask = (connection + 31 * sequence) * 0x9E3779B9;
		out.writeByte(TEXT).writeByte(MASKED | this.size).writeInt(mask);
		writePayload(out, connection, sequence, ((long) mask << 32) | (mask & 0xFFFF_FFFFL));
	}

	private void writePayload(ByteBuf out, int connection, int sequence, long mask) {
		out.writeLong(LinePattern.letters(connection) ^ mask).writeLong(LinePattern.letters(sequence) ^ mask);
		for (int i = 2 * Long.BYTES; i < this.size; i += Long.BYTES) {
			out.writeLong(FILLING ^ mask);
		}
	}

	@Override
	public boolean matches(ByteBuf in, int start, int connection, int sequence) {
		return in.getUnsignedByte(start) == TEXT && in.getByte(start + 1) == this.size
				&& in.getLong(start + HEADER) == LinePattern.letters(connection)
				&& in.getLong(start + HEADER + Long.BYTES) == LinePattern.letters(sequence);
	}

	@Override
	public boolean matchesWholly(ByteBuf in, int start, int connection, int sequence) {
		byte[] filling = ByteBufUtil.getBytes(in, start + HEADER + 2 * Long.BYTES, this.size - 2 * Long.BYTES);
		byte[] expected = "x".repeat(filling.length).getBytes(StandardCharsets.US_ASCII);
		return matches(in, start, connection, sequence) && Arrays.equals(filling, expected);
	}

}
