package dev.holdfast.metrics;

import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.util.Assert;

import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.cluster.ClusterStatistics;

/**
 * {@link MeterBinder} for what this node of a cluster counts. The meters have no tags.
 * Registries refer to the node weakly. Thread-safe.
 */
public class ClusterMetrics implements MeterBinder {

	private final ClusterNode node;

	/**
	 * Create new {@link ClusterMetrics}.
	 * @param node the node
	 */
	public ClusterMetrics(ClusterNode node) {
		Assert.notNull(node, "'node' must not be null");
		this.node = node;
	}

	/**
	 * Register the meters. A second call for the same registry has no effect.
	 * @param registry the registry
	 */
	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, SocketMeterNames.CLUSTER_CONNECTED, "Whether this node reaches the others",
				(node) -> node.isConnected() ? 1 : 0);
		gauge(registry, SocketMeterNames.CLUSTER_NODES, "Nodes that count, this one included", ClusterNode::nodeCount);
		gauge(registry, SocketMeterNames.CLUSTER_SUBSCRIPTIONS, "Users and groups that this node is subscribed to",
				ClusterNode::subscriptions);
		count(registry, SocketMeterNames.CLUSTER_PUBLISHED, "Messages that went to other nodes",
				ClusterStatistics::published);
		count(registry, SocketMeterNames.CLUSTER_FAILED, "Messages for other nodes that were lost on the way out",
				ClusterStatistics::failed);
		count(registry, SocketMeterNames.CLUSTER_RECEIVED, "Messages that came from other nodes",
				ClusterStatistics::received);
		count(registry, SocketMeterNames.CLUSTER_DROPPED,
				"Messages from other nodes that were lost because too many waited", ClusterStatistics::dropped);
		count(registry, SocketMeterNames.CLUSTER_UNREADABLE,
				"Packets and messages from other nodes that could not be understood or carried out",
				ClusterStatistics::unreadable);
		count(registry, SocketMeterNames.CLUSTER_DISCONNECTS, "Times that the connection to the cluster was lost",
				ClusterStatistics::disconnects);
	}

	private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<ClusterNode> value) {
		Gauge.builder(name, this.node, value).description(description).register(registry);
	}

	private void count(MeterRegistry registry, String name, String description,
			ToLongFunction<ClusterStatistics> value) {
		FunctionCounter.builder(name, this.node, (node) -> value.applyAsLong(node.statistics()))
			.description(description)
			.register(registry);
	}

}
