package dev.holdfast.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The cluster as one node sees it. Immutable.
 *
 * @param nodeId the id of the node that looks
 * @param nodes the last report of each node that counts, this one included, by its id
 * @param missing the ids of the nodes that should have reported and did not
 * @param asOf the time of the oldest report
 * @param connected whether this node reaches the others
 * @param subscriptions the users and groups that this node is subscribed to
 * @param statistics what this node counted
 */
public record ClusterView(String nodeId, Map<String, NodeReport> nodes, Set<String> missing, Instant asOf,
		boolean connected, int subscriptions, ClusterStatistics statistics) {

	/**
	 * Return the connections of all nodes.
	 * @return the number of connections
	 */
	public long connections() {
		return this.nodes.values().stream().mapToLong(NodeReport::connections).sum();
	}

	/**
	 * Return the messages of all nodes whose handling ended during the last second.
	 * @return the number of messages
	 */
	public double qps() {
		return this.nodes.values().stream().mapToDouble(NodeReport::qps).sum();
	}

}
