package dev.holdfast.codec;

import io.netty.buffer.ByteBuf;

/**
 * Turns a payload into an object of one type. Thread-safe.
 */
@FunctionalInterface
public interface PayloadDecoder {

	/**
	 * Turn a payload into an object.
	 * @param in the buffer that holds the payload, its indexes not to be changed
	 * @param offset the absolute index at which the payload begins
	 * @param length the number of bytes of the payload
	 * @return the object
	 * @throws Exception if the payload cannot be converted
	 */
	Object decode(ByteBuf in, int offset, int length) throws Exception;

}
