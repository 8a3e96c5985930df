package dev.holdfast.codec.json;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Gives parsers the bytes of a payload as an array: the one behind a heap buffer, else a
 * copy in an array that the thread uses again for its next payload. Thread-safe.
 */
final class ScratchArray {

	private static final int INITIAL_LENGTH = 1024;

	private static final int MAX_RETAINED_LENGTH = 64 * 1024;

	private static final FastThreadLocal<byte[]> scratch = new FastThreadLocal<>();

	private ScratchArray() {
	}

	static byte[] bytes(ByteBuf in, int offset, int length) {
		if (in.hasArray()) {
			return in.array();
		}
		byte[] bytes = atLeast(length);
		in.getBytes(offset, bytes, 0, length);
		return bytes;
	}

	static int start(ByteBuf in, int offset) {
		return in.hasArray() ? in.arrayOffset() + offset : 0;
	}

	private static byte[] atLeast(int length) {
		byte[] bytes = scratch.get();
		if (bytes != null && bytes.length >= length) {
			return bytes;
		}
		if (length > MAX_RETAINED_LENGTH) {
			return new byte[length];
		}
		bytes = new byte[Math.max(INITIAL_LENGTH, Integer.highestOneBit(length) * 2)];
		scratch.set(bytes);
		return bytes;
	}

}
