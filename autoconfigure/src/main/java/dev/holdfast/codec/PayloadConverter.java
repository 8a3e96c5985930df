package dev.holdfast.codec;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Converts payloads as one server is set up: {@code String} and byte types as they are,
 * everything else with a {@link PayloadCodec}. Immutable.
 */
public final class PayloadConverter {

	private final Charset charset;

	private final Type defaultType;

	private final @Nullable PayloadCodec codec;

	private final boolean utf8;

	/**
	 * Create a new {@link PayloadConverter}.
	 * @param charset the charset of text
	 * @param defaultType the type that a parameter declared as {@code Object} receives
	 * @param codec the codec for other types or {@code null}
	 */
	public PayloadConverter(Charset charset, Type defaultType, @Nullable PayloadCodec codec) {
		this.charset = charset;
		this.defaultType = defaultType;
		this.codec = codec;
		this.utf8 = StandardCharsets.UTF_8.equals(charset);
	}

	/**
	 * Prepare a decoder for the parameter of a handler.
	 * @param type the type of the parameter
	 * @return the decoder, or {@code null} when there is no codec for the type
	 */
	public @Nullable PayloadDecoder decoder(Type type) {
		if (type == Object.class && this.defaultType != Object.class) {
			return decoder(this.defaultType);
		}
		if (type == String.class || type == CharSequence.class) {
			return (in, offset, length) -> in.toString(offset, length, this.charset);
		}
		if (type == byte[].class) {
			return (in, offset, length) -> ByteBufUtil.getBytes(in, offset, length);
		}
		if (type == ByteBuf.class) {
			return ByteBuf::slice;
		}
		if (type == ByteBuffer.class) {
			return (in, offset, length) -> ByteBuffer.wrap(ByteBufUtil.getBytes(in, offset, length));
		}
		return (this.codec != null) ? this.codec.decoder(type) : null;
	}

	/**
	 * Append a message to a buffer. A {@code ByteBuf} is read and not released.
	 * @param message the message
	 * @param out the buffer
	 * @throws Exception if the message cannot be converted
	 */
	public void encode(Object message, ByteBuf out) throws Exception {
		if (message instanceof CharSequence text) {
			encodeText(text, out);
		}
		else if (message instanceof byte[] bytes) {
			out.writeBytes(bytes);
		}
		else if (message instanceof ByteBuf buffer) {
			out.writeBytes(buffer, buffer.readerIndex(), buffer.readableBytes());
		}
		else if (message instanceof ByteBuffer buffer) {
			out.writeBytes(buffer.duplicate());
		}
		else {
			encodeObject(message, out);
		}
	}

	private void encodeText(CharSequence text, ByteBuf out) {
		if (this.utf8) {
			ByteBufUtil.writeUtf8(out, text);
		}
		else {
			out.writeBytes(text.toString().getBytes(this.charset));
		}
	}

	private void encodeObject(Object message, ByteBuf out) throws Exception {
		if (this.codec == null) {
			throw new IllegalArgumentException(
					"No codec for %s: add Jackson (spring-boot-starter-jackson) or set 'payload' to a PayloadCodec bean"
						.formatted(message.getClass().getName()));
		}
		this.codec.encode(message, out);
	}

	/**
	 * Whether a message becomes UTF-8 text.
	 * @param message the message
	 * @return whether WebSocket sends it in a text message
	 */
	public boolean isText(Object message) {
		if (message instanceof CharSequence) {
			return true;
		}
		if (message instanceof byte[] || message instanceof ByteBuf || message instanceof ByteBuffer) {
			return false;
		}
		return this.codec != null && this.codec.isText();
	}

	/**
	 * Return the charset of text.
	 * @return the charset
	 */
	public Charset charset() {
		return this.charset;
	}

}
