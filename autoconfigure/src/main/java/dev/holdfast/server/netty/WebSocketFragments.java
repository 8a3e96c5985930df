package dev.holdfast.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import dev.holdfast.codec.FrameTooLargeException;

/**
 * The beginning of a message whose end has not come yet. Confined to the connection's
 * event loop.
 */
final class WebSocketFragments {

	private final boolean text;

	private final boolean compressed;

	private final ByteBuf payload;

	private int valid;

	WebSocketFragments(ByteBufAllocator allocator, WebSocketFrame first) {
		this.text = first.opcode() == WebSocketFrame.TEXT;
		this.compressed = first.isCompressed();
		this.payload = allocator.buffer(Math.max(first.length(), 64));
	}

	/**
	 * Append the payload of a frame.
	 * @param in the buffer that holds it
	 * @param frame the frame
	 * @param maxLength the bytes of the longest message
	 * @return whether the message can still be text if it is meant to be
	 */
	boolean append(ByteBuf in, WebSocketFrame frame, int maxLength) {
		if (this.payload.readableBytes() + (long) frame.length() > maxLength) {
			throw new FrameTooLargeException(maxLength);
		}
		this.payload.writeBytes(in, frame.offset(), frame.length());
		if (!this.text || this.compressed) {
			return true;
		}
		this.valid = Utf8.validate(this.payload, this.valid, this.payload.writerIndex());
		return this.valid != Utf8.INVALID && (!frame.isLast() || this.valid == this.payload.writerIndex());
	}

	boolean isText() {
		return this.text;
	}

	boolean isCompressed() {
		return this.compressed;
	}

	ByteBuf payload() {
		return this.payload;
	}

	void release() {
		this.payload.release();
	}

}
