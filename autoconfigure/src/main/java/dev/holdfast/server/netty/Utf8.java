package dev.holdfast.server.netty;

import io.netty.buffer.ByteBuf;

/**
 * Checks that bytes are UTF-8.
 */
final class Utf8 {

	static final int INVALID = -1;

	private static final long NOT_ASCII = 0x8080808080808080L;

	private Utf8() {
	}

	static boolean isValid(ByteBuf in, int begin, int end) {
		return validate(in, begin, end) == end;
	}

	/**
	 * Look at bytes up to the first character that is not complete.
	 * @param in the buffer
	 * @param begin the index of the first byte, which begins a character
	 * @param end the index behind the last byte
	 * @return the index behind the last complete character, or {@link #INVALID} if the
	 * bytes cannot begin any text
	 */
	static int validate(ByteBuf in, int begin, int end) {
		int index = begin;
		while (index < end) {
			if (index + Long.BYTES <= end && (in.getLong(index) & NOT_ASCII) == 0) {
				index += Long.BYTES;
			}
			else {
				int length = character(in, index, end);
				if (length <= 0) {
					return (length == 0) ? index : INVALID;
				}
				index += length;
			}
		}
		return index;
	}

	private static int character(ByteBuf in, int index, int end) {
		int first = in.getUnsignedByte(index);
		int length = length(first);
		if (length <= 1 || index + 1 == end) {
			return (length > 1) ? 0 : length;
		}
		int second = in.getUnsignedByte(index + 1);
		if (second < lowest(first) || second > highest(first)) {
			return INVALID;
		}
		for (int i = 2; i < length; i++) {
			if (index + i == end) {
				return 0;
			}
			if ((in.getByte(index + i) & 0xC0) != 0x80) {
				return INVALID;
			}
		}
		return length;
	}

	private static int length(int first) {
		if (first < 0x80) {
			return 1;
		}
		if (first < 0xC2 || first > 0xF4) {
			return INVALID;
		}
		if (first < 0xE0) {
			return 2;
		}
		return (first < 0xF0) ? 3 : 4;
	}

	private static int lowest(int first) {
		return switch (first) {
			case 0xE0 -> 0xA0;
			case 0xF0 -> 0x90;
			default -> 0x80;
		};
	}

	private static int highest(int first) {
		return switch (first) {
			case 0xED -> 0x9F;
			case 0xF4 -> 0x8F;
			default -> 0xBF;
		};
	}

}
