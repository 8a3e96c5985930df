package dev.holdfast.codec;

import io.netty.buffer.ByteBuf;

/**
 * Strategy interface that cuts a stream of bytes into frames and frames payloads in the
 * same way. A bean of this type is used by naming it in {@code framing}. One instance
 * serves all connections of a server and keeps nothing about any of them. Thread-safe.
 *
 * <p>
 * A frame in between {@code STX} and {@code ETX}:
 *
 * <pre class="code">
 *  +------+-----------+------+
 *  | 0x02 |  payload  | 0x03 |
 *  +------+-----------+------+
 *
 * public boolean next(ByteBuf in, Frame frame) {
 *     int start = in.readerIndex();
 *     int etx = in.indexOf(start + frame.scanned(), in.writerIndex(), (byte) 0x03);
 *     if (etx &lt; 0) {
 *         return frame.incomplete(in.readableBytes());
 *     }
 *     return frame.found(start + 1, etx - start - 1, etx + 1);
 * }
 *
 * public int headerLength() {
 *     return 1;
 * }
 *
 * public void complete(ByteBuf out, int frameStart) {
 *     out.setByte(frameStart, 0x02).writeByte(0x03);
 * }
 * </pre>
 */
public interface Framing {

	/**
	 * Look for a complete frame at the beginning of the readable bytes. Neither the
	 * indexes nor the content of the buffer may be changed.
	 * @param in the bytes that were received, at least one of them readable
	 * @param frame takes the position of the frame
	 * @return the result of {@link Frame#found} or {@link Frame#incomplete}
	 * @throws FrameTooLargeException if the frame is longer than allowed
	 * @throws FramingException if the bytes are no frame
	 */
	boolean next(ByteBuf in, Frame frame);

	/**
	 * Return the number of bytes that are left free in front of a payload.
	 * @return the length of the header, 0 by default
	 */
	default int headerLength() {
		return 0;
	}

	/**
	 * Complete a frame whose payload has been written behind the bytes that were left
	 * free for its header: fill in the header and append the trailer.
	 * @param out the buffer, its writer index behind the payload
	 * @param frameStart the index at which the frame begins
	 * @throws FramingException if this framing cannot carry the payload; whatever was
	 * written is then discarded
	 */
	void complete(ByteBuf out, int frameStart);

}
