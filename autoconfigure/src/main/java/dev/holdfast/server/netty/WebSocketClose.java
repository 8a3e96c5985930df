package dev.holdfast.server.netty;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.springframework.util.Assert;

import dev.holdfast.codec.FramingException;

/**
 * What a close frame says. Immutable.
 *
 * @param code the status code, 0 for none
 * @param text the reason as text
 */
record WebSocketClose(int code, String text) {

	static final WebSocketClose BAD_PAYLOAD = new WebSocketClose(1007, "");

	private static final WebSocketClose EMPTY = new WebSocketClose(0, "");

	private static final int MAX_TEXT_LENGTH = WebSocketFrame.MAX_CONTROL_LENGTH - Short.BYTES;

	/**
	 * Create what an application says.
	 * @param code the status code
	 * @param text the reason as text
	 * @return the close
	 */
	static WebSocketClose of(int code, String text) {
		Assert.isTrue(isAllowed(code), "'code' must be one that may be sent: 1000 to 1003, 1007 to 1014, 3000 to 4999");
		Assert.isTrue(text.getBytes(StandardCharsets.UTF_8).length <= MAX_TEXT_LENGTH,
				() -> "'text' must not be longer than %d bytes".formatted(MAX_TEXT_LENGTH));
		return new WebSocketClose(code, text);
	}

	/**
	 * Read what the peer says.
	 * @param in the buffer that holds the payload of its frame
	 * @param offset the index of the payload
	 * @param length the length of the payload
	 * @return the answer: the same code, or that the frame is bad
	 * @throws FramingException if the frame is bad
	 */
	static WebSocketClose read(ByteBuf in, int offset, int length) {
		if (length == 0) {
			return EMPTY;
		}
		if (length == 1 || !isAllowed(in.getUnsignedShort(offset))) {
			throw new FramingException("Close frame has no valid code");
		}
		return Utf8.isValid(in, offset + Short.BYTES, offset + length)
				? new WebSocketClose(in.getUnsignedShort(offset), "") : BAD_PAYLOAD;
	}

	private static boolean isAllowed(int code) {
		return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code < 5000);
	}

	ByteBuf frame(ByteBufAllocator allocator) {
		byte[] bytes = this.text.getBytes(StandardCharsets.UTF_8);
		int length = (this.code != 0) ? Short.BYTES + bytes.length : 0;
		ByteBuf frame = allocator.directBuffer(2 + length);
		frame.writeByte(WebSocketFrame.FIN | WebSocketFrame.CLOSE).writeByte(length);
		if (length > 0) {
			frame.writeShort(this.code).writeBytes(bytes);
		}
		return frame;
	}

}
