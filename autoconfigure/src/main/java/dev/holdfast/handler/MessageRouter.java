package dev.holdfast.handler;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Strategy interface that finds the route of a message. The bean of this type serves all
 * servers that have no {@code route} of their own. Thread-safe.
 */
@FunctionalInterface
public interface MessageRouter {

	/**
	 * Return the route of a message.
	 * @param in the buffer that holds the payload, its indexes not to be changed
	 * @param offset the absolute index at which the payload begins
	 * @param length the number of bytes of the payload
	 * @return the route, or {@code null} when the message has none
	 */
	@Nullable String route(ByteBuf in, int offset, int length);

}
