package dev.holdfast.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;

import dev.holdfast.connection.WebSocketMessage;

/**
 * A message that was encoded once and is framed by each server as its own. Immutable.
 *
 * @param kind what the bytes are
 * @param bytes the bytes, in an array
 */
record Payload(Kind kind, ByteBuffer bytes) {

	void write(ByteBuf out) {
		out.writeByte(this.kind.ordinal());
		out.writeBytes(this.bytes.duplicate());
	}

	static Payload read(ByteBuf in) {
		Kind kind = Kind.values()[in.readUnsignedByte()];
		return new Payload(kind, in.readSlice(in.readableBytes()).nioBuffer());
	}

	/**
	 * Return what is sent to connections: text as a {@code String}, because each server
	 * has its own charset, and everything else as bytes.
	 * @return the message
	 */
	Object message() {
		return switch (this.kind) {
			case TEXT -> text();
			case BINARY -> this.bytes;
			case ENCODED_TEXT -> WebSocketMessage.text(this.bytes);
			case BINARY_TEXT -> WebSocketMessage.binary(text());
		};
	}

	private String text() {
		return new String(this.bytes.array(), this.bytes.arrayOffset() + this.bytes.position(), this.bytes.remaining(),
				StandardCharsets.UTF_8);
	}

	/**
	 * What the bytes of a payload are. The order is part of the wire format.
	 */
	enum Kind {

		/**
		 * Text, in UTF-8 while it travels.
		 */
		TEXT,

		/**
		 * Bytes.
		 */
		BINARY,

		/**
		 * Bytes that are text as they are, such as JSON.
		 */
		ENCODED_TEXT,

		/**
		 * Text that WebSocket sends in a binary message.
		 */
		BINARY_TEXT

	}

}
