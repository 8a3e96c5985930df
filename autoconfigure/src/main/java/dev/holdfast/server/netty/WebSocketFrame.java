package dev.holdfast.server.netty;

import io.netty.buffer.ByteBuf;

import dev.holdfast.codec.FrameTooLargeException;
import dev.holdfast.codec.FramingException;

/**
 * The WebSocket frame that is looked at, and how frames are written. One instance is used
 * again for all frames of a server on an event loop. Confined to the connection's event
 * loop.
 *
 * <pre class="code">
 *  +-----+-----+-----+-----+--------+------+-----------+------------+-----------+
 *  | FIN | R1  | R2  | R3  | opcode | mask | length    | 0, 2 or 8  | 4 bytes   | payload
 *  |     |     |     |     | 4 bits |      | 7 bits    | more bytes | of mask   |
 *  +-----+-----+-----+-----+--------+------+-----------+------------+-----------+
 * </pre>
 */
final class WebSocketFrame {

	static final int CONTINUATION = 0x0;

	static final int TEXT = 0x1;

	static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xA;

	static final int MAX_CONTROL_LENGTH = 125;

	static final int FIN = 0x80;

	static final int COMPRESSED = 0x40;

	private static final int RESERVED = 0x30;

	private static final int MASK = 0x80;

	private static final int LENGTH_16 = 126;

	private static final int LENGTH_64 = 127;

	private static final int MASK_LENGTH = 4;

	private final int maxLength;

	private int head;

	private int offset;

	private int length;

	WebSocketFrame(int maxLength) {
		this.maxLength = maxLength;
	}

	/**
	 * Look for a complete frame and take its mask off.
	 * @param in the bytes that were received
	 * @param compression whether messages may be compressed
	 * @return whether there is one
	 * @throws FramingException if the bytes are no frame of a client
	 * @throws FrameTooLargeException if the frame is longer than allowed
	 */
	boolean next(ByteBuf in, boolean compression) {
		int start = in.readerIndex();
		if (in.readableBytes() < 2) {
			return false;
		}
		this.head = in.getUnsignedByte(start);
		int second = in.getUnsignedByte(start + 1);
		check(compression, second);
		int lengthBytes = lengthBytes(second & ~MASK);
		int header = 2 + lengthBytes + MASK_LENGTH;
		if (in.readableBytes() < 2 + lengthBytes) {
			return false;
		}
		long length = length(in, start + 2, second & ~MASK);
		if (length > this.maxLength) {
			throw new FrameTooLargeException(this.maxLength);
		}
		if (in.readableBytes() < header + length) {
			return false;
		}
		this.offset = start + header;
		this.length = (int) length;
		unmask(in, in.getInt(this.offset - MASK_LENGTH), this.offset, end());
		return true;
	}

	private void check(boolean compression, int second) {
		if ((second & MASK) == 0) {
			throw new FramingException("Frame of a client has no mask");
		}
		int opcode = opcode();
		boolean reserved = (this.head & RESERVED) != 0
				|| isCompressed() && (!compression || (opcode != TEXT && opcode != BINARY));
		if (reserved || (opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
			throw new FramingException("Frame has reserved bits or an unknown opcode");
		}
		if (isControl() && (!isLast() || (second & ~MASK) > MAX_CONTROL_LENGTH)) {
			throw new FramingException("Control frame is fragmented or too long");
		}
	}

	private static int lengthBytes(int length) {
		return switch (length) {
			case LENGTH_16 -> 2;
			case LENGTH_64 -> 8;
			default -> 0;
		};
	}

	private static long length(ByteBuf in, int index, int seven) {
		long length = switch (seven) {
			case LENGTH_16 -> in.getUnsignedShort(index);
			case LENGTH_64 -> in.getLong(index);
			default -> seven;
		};
		long least = (seven == LENGTH_64) ? 0x10000 : (seven == LENGTH_16) ? LENGTH_16 : 0;
		if (length < least) {
			throw new FramingException("Frame has a length that is not minimal");
		}
		return length;
	}

	private static void unmask(ByteBuf in, int mask, int begin, int end) {
		long wide = ((long) mask << 32) | (mask & 0xFFFFFFFFL);
		int index = begin;
		for (; index + Long.BYTES <= end; index += Long.BYTES) {
			in.setLong(index, in.getLong(index) ^ wide);
		}
		for (int shift = 24; index < end; index++) {
			in.setByte(index, in.getByte(index) ^ (mask >>> shift));
			shift = (shift - 8) & 31;
		}
	}

	int opcode() {
		return this.head & 0xF;
	}

	boolean isControl() {
		return (this.head & CLOSE) != 0;
	}

	boolean isLast() {
		return (this.head & FIN) != 0;
	}

	boolean isCompressed() {
		return (this.head & COMPRESSED) != 0;
	}

	int offset() {
		return this.offset;
	}

	int length() {
		return this.length;
	}

	int end() {
		return this.offset + this.length;
	}

	static int headerLength(long payload) {
		if (payload < LENGTH_16) {
			return 2;
		}
		return (payload <= 0xFFFF) ? 4 : 10;
	}

	/**
	 * Write the header of a frame in front of its payload.
	 * @param out the buffer, its writer index behind the payload
	 * @param start the index at which the frame begins
	 * @param reserved the number of bytes left free there
	 * @param head the first byte of the header
	 */
	static void complete(ByteBuf out, int start, int reserved, int head) {
		int length = out.writerIndex() - start - reserved;
		int header = headerLength(length);
		if (header != reserved) {
			move(out, start + reserved, start + header, length);
		}
		out.setByte(start, head);
		if (header == 2) {
			out.setByte(start + 1, length);
		}
		else if (header == 4) {
			out.setByte(start + 1, LENGTH_16).setShort(start + 2, length);
		}
		else {
			out.setByte(start + 1, LENGTH_64).setLong(start + 2, length);
		}
	}

	private static void move(ByteBuf out, int from, int to, int length) {
		ByteBuf payload = out.alloc().buffer(length).writeBytes(out, from, length);
		try {
			out.writerIndex(to).writeBytes(payload);
		}
		finally {
			payload.release();
		}
	}

}
