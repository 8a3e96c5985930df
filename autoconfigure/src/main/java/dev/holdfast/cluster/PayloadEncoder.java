package dev.holdfast.cluster;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.codec.PayloadConverter;
import dev.holdfast.connection.WebSocketMessage;

/**
 * Encodes messages that leave for other nodes. Thread-safe.
 */
final class PayloadEncoder {

	private final PayloadConverter converter;

	private final int maxSize;

	/**
	 * Create a new {@link PayloadEncoder}.
	 * @param codec turns objects into payloads, {@code null} if there is none
	 * @param maxSize the most bytes of a payload
	 */
	PayloadEncoder(@Nullable PayloadCodec codec, int maxSize) {
		this.converter = new PayloadConverter(StandardCharsets.UTF_8, Object.class, codec);
		this.maxSize = maxSize;
	}

	/**
	 * Encode a message.
	 * @param message the message, which keeps its reference
	 * @return the payload
	 * @throws IllegalArgumentException if the message cannot be encoded or is too large
	 */
	Payload encode(Object message) {
		Object content = WebSocketMessage.payloadOf(message);
		ByteBuf out = Unpooled.buffer();
		try {
			this.converter.encode(content, out);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalArgumentException("Message cannot be encoded", ex);
		}
		if (out.readableBytes() > this.maxSize) {
			throw new IllegalArgumentException(
					"Message of %d bytes is too large for the cluster: 'holdfast.cluster.max-message-size' is %d bytes"
						.formatted(out.readableBytes(), this.maxSize));
		}
		return new Payload(kind(message, content), out.nioBuffer());
	}

	private Payload.Kind kind(Object message, Object content) {
		boolean text = (message instanceof WebSocketMessage chosen) ? chosen.text() : this.converter.isText(content);
		if (content instanceof CharSequence) {
			return text ? Payload.Kind.TEXT : Payload.Kind.BINARY_TEXT;
		}
		return text ? Payload.Kind.ENCODED_TEXT : Payload.Kind.BINARY;
	}

}
