package dev.holdfast.benchmarks.load;

import io.netty.buffer.ByteBuf;

/**
 * Requests of one length, each of which carries the number of its connection and its own,
 * and what their replies look like. Immutable.
 */
interface RequestPattern {

	int requestLength();

	int replyLength();

	/**
	 * Append a request to a buffer.
	 * @param out the buffer
	 * @param connection the number of the connection
	 * @param sequence the number of the request on its connection
	 */
	void write(ByteBuf out, int connection, int sequence);

	/**
	 * Whether a reply carries these numbers and ends where it should.
	 * @param in the buffer
	 * @param start the index of the reply
	 * @param connection the number of the connection
	 * @param sequence the number of the request on its connection
	 * @return whether it does
	 */
	boolean matches(ByteBuf in, int start, int connection, int sequence);

	/**
	 * Whether a reply is the right one, byte by byte.
	 * @param in the buffer
	 * @param start the index of the reply
	 * @param connection the number of the connection
	 * @param sequence the number of the request on its connection
	 * @return whether it is
	 */
	boolean matchesWholly(ByteBuf in, int start, int connection, int sequence);

}
