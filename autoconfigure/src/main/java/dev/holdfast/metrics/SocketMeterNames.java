package dev.holdfast.metrics;

/**
 * Names of meters, observations and their tags. One name never has two sets of tags.
 */
final class SocketMeterNames {

	static final String CONNECTIONS_ACTIVE = "holdfast.connections.active";

	static final String CONNECTIONS_ACCEPTED = "holdfast.connections.accepted";

	static final String CONNECTIONS_ACCEPT_FAILURES = "holdfast.connections.accept-failures";

	static final String CONNECTIONS_REFUSED = "holdfast.connections.refused";

	static final String CONNECTIONS_CLOSED = "holdfast.connections.closed";

	static final String MESSAGES_RECEIVED = "holdfast.messages.received";

	static final String MESSAGES_SENT = "holdfast.messages.sent";

	static final String MESSAGES_FAILED = "holdfast.messages.failed";

	static final String MESSAGES_DROPPED = "holdfast.messages.dropped";

	static final String BYTES_RECEIVED = "holdfast.bytes.received";

	static final String BYTES_SENT = "holdfast.bytes.sent";

	static final String HANDLER = "holdfast.handler";

	static final String QPS = "holdfast.qps";

	static final String EVENTLOOP_BLOCKED = "holdfast.eventloop.blocked";

	static final String EVENTLOOP_LAG = "holdfast.eventloop.lag";

	static final String CLUSTER_CONNECTED = "holdfast.cluster.connected";

	static final String CLUSTER_NODES = "holdfast.cluster.nodes";

	static final String CLUSTER_SUBSCRIPTIONS = "holdfast.cluster.subscriptions";

	static final String CLUSTER_PUBLISHED = "holdfast.cluster.published";

	static final String CLUSTER_FAILED = "holdfast.cluster.failed";

	static final String CLUSTER_RECEIVED = "holdfast.cluster.received";

	static final String CLUSTER_DROPPED = "holdfast.cluster.dropped";

	static final String CLUSTER_UNREADABLE = "holdfast.cluster.unreadable";

	static final String CLUSTER_DISCONNECTS = "holdfast.cluster.disconnects";

	static final String MESSAGE = "holdfast.message";

	static final String SERVER_TAG = "server";

	static final String REASON_TAG = "reason";

	static final String ROUTE_TAG = "route";

	private SocketMeterNames() {
	}

}
