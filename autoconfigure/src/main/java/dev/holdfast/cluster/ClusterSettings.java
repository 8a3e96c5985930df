package dev.holdfast.cluster;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How a node takes part in a cluster. Immutable.
 *
 * @param nodeId the id of the node, unique in the cluster
 * @param channelPrefix what all names of channels and keys begin with
 * @param maxMessageSize the most bytes of a message that travels
 * @param heartbeat the time between two reports of a node
 * @param lostAfter the time without a report after which a node no longer counts
 * @param forgottenAfter the time without a report after which a node is no longer
 * missing, and what it counted is gone
 * @param deadline the time to wait for the answers of other nodes
 * @param linger the time to stay subscribed after the last connection of a user or group
 * left
 */
public record ClusterSettings(String nodeId, String channelPrefix, int maxMessageSize, Duration heartbeat,
		Duration lostAfter, Duration forgottenAfter, Duration deadline, Duration linger) {

	/**
	 * The longest id of a node in characters.
	 */
	public static final int MAX_NODE_ID_LENGTH = 64;

	public ClusterSettings {
		Assert.isTrue(nodeId.matches("[A-Za-z0-9._-]{1," + MAX_NODE_ID_LENGTH + "}"),
				() -> "'nodeId' must be 1 to %d of the characters A-Z, a-z, 0-9, '.', '_' and '-'"
					.formatted(MAX_NODE_ID_LENGTH));
		Assert.isTrue(maxMessageSize > 0, "'maxMessageSize' must be positive");
	}

	/**
	 * Create new {@link ClusterSettings} with the times that suit production.
	 * @param nodeId the id of the node
	 * @param channelPrefix what all names of channels and keys begin with
	 * @param maxMessageSize the most bytes of a message that travels
	 */
	public ClusterSettings(String nodeId, String channelPrefix, int maxMessageSize) {
		this(nodeId, channelPrefix, maxMessageSize, Duration.ofSeconds(3), Duration.ofSeconds(9),
				Duration.ofSeconds(55), Duration.ofSeconds(2), Duration.ofSeconds(5));
	}

	String allChannel() {
		return this.channelPrefix + "all";
	}

	String nodeChannel(String node) {
		return this.channelPrefix + "node:" + node;
	}

	String userChannel(String user) {
		return this.channelPrefix + "user:" + user;
	}

	String groupChannel(String group) {
		return this.channelPrefix + "group:" + group;
	}

	String presenceKey(String node) {
		return this.channelPrefix + "presence:" + node;
	}

}
