package dev.holdfast.connection;

import java.util.stream.Stream;

import reactor.core.publisher.Mono;

/**
 * A set of connections that can be addressed as one. The set is evaluated anew by each
 * call. With the cluster on, sending, closing, joining and leaving reach every node.
 * Thread-safe.
 */
public interface Recipients {

	/**
	 * Send a message to each connection, encoded once per server. A {@code ByteBuf} is
	 * released, whatever the outcome.
	 * @param message the message
	 * @return how many connections of this node took it
	 */
	long send(Object message);

	/**
	 * Leave out one connection.
	 * @param connection the connection
	 * @return recipients without it
	 */
	Recipients except(SocketConnection connection);

	/**
	 * Leave out one connection.
	 * @param connectionId the id of the connection
	 * @return recipients without it
	 */
	Recipients except(String connectionId);

	/**
	 * Add each connection to a group.
	 * @param group the name of the group
	 * @return how many connections of this node were added
	 */
	long join(String group);

	/**
	 * Remove each connection from a group.
	 * @param group the name of the group
	 * @return how many connections of this node were removed
	 */
	long leave(String group);

	/**
	 * Close each connection.
	 * @param reason the reason
	 * @return how many connections of this node were open
	 */
	long close(CloseReason reason);

	/**
	 * Return how many connections there are on this node.
	 * @return the exact number
	 */
	long count();

	/**
	 * Return how many connections there are in the cluster.
	 * @return the count, without a cluster {@link #count()}
	 */
	Mono<ClusterCount> clusterCount();

	/**
	 * Return the connections of this node, looked up as the stream is consumed: asking
	 * for the first few of many is cheap, and one that opens or closes meanwhile may or
	 * may not be among them.
	 * @return the connections
	 */
	Stream<SocketConnection> stream();

	/**
	 * Return the connections of this node behind the first few, as {@link #stream()} has
	 * them in order: one page of many. The first ones are passed by without a look at
	 * each of them where that is possible, so one that is just closing may count.
	 * @param offset how many to pass by, 0 or more
	 * @return the other connections
	 * @throws IllegalArgumentException if the offset is negative
	 */
	default Stream<SocketConnection> stream(long offset) {
		return stream().skip(offset);
	}

}
