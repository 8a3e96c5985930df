package dev.holdfast.server.netty;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.connection.WebSocketMessage;

/**
 * Writes messages as WebSocket frames.
 */
final class WebSocketEncoding {

	private static final int INITIAL_BUFFER = 512;

	private WebSocketEncoding() {
	}

	/**
	 * Encode a message without compression.
	 * @param message the message, which keeps its reference
	 * @param allocator provides the buffer
	 * @param converter the converter of payloads
	 * @return a buffer that belongs to the caller
	 */
	static ByteBuf encode(Object message, ByteBufAllocator allocator, PayloadConverter converter) {
		ByteBuf out = allocator.directBuffer(INITIAL_BUFFER);
		try {
			encode(message, out, converter, false);
			return out;
		}
		catch (Exception ex) {
			out.release();
			throw WritingConnection.unchecked(ex);
		}
	}

	/**
	 * Append a message to a buffer, or leave the buffer as it was.
	 * @param message the message
	 * @param out the buffer
	 * @param converter the converter of payloads
	 * @param compression whether the message may be compressed
	 * @throws Exception if the message cannot be converted
	 */
	static void encode(Object message, ByteBuf out, PayloadConverter converter, boolean compression) throws Exception {
		int start = out.writerIndex();
		Object payload = WebSocketMessage.payloadOf(message);
		try {
			int reserved = WebSocketFrame.headerLength(estimate(payload));
			out.writeZero(reserved);
			converter.encode(payload, out);
			int head = WebSocketFrame.FIN | (isText(message, converter) ? WebSocketFrame.TEXT : WebSocketFrame.BINARY);
			if (compression && out.writerIndex() - start - reserved >= MessageDeflate.MIN_LENGTH) {
				MessageDeflate.deflate(out, start + reserved);
				head |= WebSocketFrame.COMPRESSED;
			}
			WebSocketFrame.complete(out, start, reserved, head);
		}
		catch (Throwable ex) {
			out.writerIndex(start);
			throw ex;
		}
	}

	private static boolean isText(Object message, PayloadConverter converter) {
		return (message instanceof WebSocketMessage chosen) ? chosen.text() : converter.isText(message);
	}

	private static int estimate(Object payload) {
		if (payload instanceof CharSequence text) {
			return text.length();
		}
		if (payload instanceof byte[] bytes) {
			return bytes.length;
		}
		if (payload instanceof ByteBuf buffer) {
			return buffer.readableBytes();
		}
		return (payload instanceof ByteBuffer buffer) ? buffer.remaining() : INITIAL_BUFFER;
	}

}
