package dev.holdfast.codec;

import java.lang.reflect.Type;

import io.netty.buffer.ByteBuf;

/**
 * Strategy interface that turns payloads into objects and objects into payloads. A bean
 * of this type is used by naming it in {@code payload}. {@code String} and byte types are
 * never passed to it: they go in and out as they are. Thread-safe.
 */
public interface PayloadCodec {

	/**
	 * Turn a payload into an object.
	 * @param payload the payload, valid during the call
	 * @param type the type that a handler's parameter has
	 * @return the object
	 * @throws Exception if the payload cannot be converted
	 */
	Object decode(ByteBuf payload, Type type) throws Exception;

	/**
	 * Append an object to a buffer.
	 * @param message the object
	 * @param out the buffer
	 * @throws Exception if the object cannot be converted; whatever was written is then
	 * discarded
	 */
	void encode(Object message, ByteBuf out) throws Exception;

	/**
	 * Whether what this codec writes is UTF-8 text, which WebSocket sends in a text
	 * message.
	 * @return whether payloads are text, {@code false} by default
	 */
	default boolean isText() {
		return false;
	}

	/**
	 * Prepare a decoder for one type. Called once for each parameter of a handler.
	 * @param type the type that the parameter has
	 * @return the decoder
	 */
	default PayloadDecoder decoder(Type type) {
		return (in, offset, length) -> decode(in.slice(offset, length), type);
	}

}
