package dev.holdfast.codec;

/**
 * Where the next frame lies in the bytes that were received. One instance is used again
 * for all frames of an event loop. Confined to the connection's event loop.
 */
public final class Frame {

	private int scanned;

	private int offset;

	private int length;

	private int end;

	/**
	 * Begin to look for a frame.
	 * @param scanned the number of readable bytes that an earlier call looked at in vain
	 */
	public void reset(int scanned) {
		this.scanned = scanned;
	}

	/**
	 * Report a complete frame.
	 * @param offset the absolute index at which the payload begins
	 * @param length the number of bytes of the payload
	 * @param end the absolute index behind the frame, its trailer included
	 * @return {@code true}
	 */
	public boolean found(int offset, int length, int end) {
		this.offset = offset;
		this.length = length;
		this.end = end;
		this.scanned = 0;
		return true;
	}

	/**
	 * Report that more bytes are needed and that the frame may end anywhere in them.
	 * @return {@code false}
	 */
	public boolean incomplete() {
		return incomplete(0);
	}

	/**
	 * Report that more bytes are needed.
	 * @param scanned the number of readable bytes that need not be looked at again
	 * @return {@code false}
	 */
	public boolean incomplete(int scanned) {
		this.scanned = scanned;
		return false;
	}

	/**
	 * Return the number of readable bytes that need not be looked at again.
	 * @return the number of bytes from the reader index on
	 */
	public int scanned() {
		return this.scanned;
	}

	/**
	 * Return the absolute index at which the payload begins.
	 * @return the index
	 */
	public int offset() {
		return this.offset;
	}

	/**
	 * Return the number of bytes of the payload.
	 * @return the length, possibly 0
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Return the absolute index behind the frame.
	 * @return the index
	 */
	public int end() {
		return this.end;
	}

}
