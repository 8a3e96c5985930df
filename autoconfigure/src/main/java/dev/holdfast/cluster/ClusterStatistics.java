package dev.holdfast.cluster;

/**
 * What a node counted about its messages from and to other nodes: sends, joins, leaves
 * and closes. Immutable.
 *
 * @param published messages that the transport took
 * @param failed messages that were lost on the way out: there was no connection, it
 * broke, or too many waited
 * @param received messages that came from other nodes
 * @param dropped messages from other nodes that were lost because too many waited
 * @param unreadable packets and messages from other nodes that could not be understood or
 * carried out
 * @param disconnects times that the connection was lost
 */
public record ClusterStatistics(long published, long failed, long received, long dropped, long unreadable,
		long disconnects) {

}
