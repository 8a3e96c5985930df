package dev.holdfast.actuate;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.cluster.ClusterView;
import dev.holdfast.cluster.NodeReport;

/**
 * Description of the cluster as this node sees it. Immutable.
 *
 * @param nodeId the id of this node
 * @param nodes the ids of the nodes that count, this one included, in alphabetical order
 * @param missing the ids of the nodes that should have reported and did not
 * @param connections connections of all nodes
 * @param qps messages of all nodes whose handling ended during the last second
 * @param asOf the time of the oldest report
 * @param connected whether this node reaches the others
 * @param subscriptions the users and groups that this node is subscribed to
 * @param messages messages from and to other nodes
 * @param byNode what each node counts
 */
public record ClusterDescriptor(String nodeId, Set<String> nodes, Set<String> missing, long connections, double qps,
		Instant asOf, boolean connected, int subscriptions, MessagesDescriptor messages,
		Map<String, NodeDescriptor> byNode) {

	static @Nullable ClusterDescriptor of(@Nullable ClusterNode node) {
		if (node == null) {
			return null;
		}
		ClusterView view = node.view();
		Map<String, NodeDescriptor> byNode = new TreeMap<>();
		view.nodes().forEach((id, report) -> byNode.put(id, NodeDescriptor.of(report)));
		return new ClusterDescriptor(view.nodeId(), byNode.keySet(), new TreeSet<>(view.missing()), view.connections(),
				rounded(view.qps()), view.asOf(), view.connected(), view.subscriptions(),
				new MessagesDescriptor(view.statistics().published(), view.statistics().failed(),
						view.statistics().received(), view.statistics().dropped()),
				byNode);
	}

	private static double rounded(double rate) {
		return Math.round(rate * 10) / 10.0;
	}

	/**
	 * Description of one node. Immutable.
	 *
	 * @param connections connections at the moment
	 * @param qps messages whose handling ended during the last second
	 */
	public record NodeDescriptor(long connections, double qps) {

		private static NodeDescriptor of(NodeReport report) {
			return new NodeDescriptor(report.connections(), rounded(report.qps()));
		}

	}

	/**
	 * Description of the messages from and to other nodes. Immutable.
	 *
	 * @param published messages that went out
	 * @param failed messages that were lost on the way out
	 * @param received messages that came in
	 * @param dropped messages that came in and were lost because too many waited
	 */
	public record MessagesDescriptor(long published, long failed, long received, long dropped) {

	}

}
