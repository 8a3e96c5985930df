package dev.holdfast.server.netty;

import io.netty.channel.Channel;

/**
 * What accepts the connections of a server. Thread-safe.
 */
interface ListeningSocket {

	/**
	 * Return the channel of the socket.
	 * @return the channel
	 */
	Channel channel();

	/**
	 * Close the socket and wait some seconds until that is done. Connections stay open. A
	 * second call has no effect.
	 */
	void close();

}
