package dev.holdfast.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.Assert;

import dev.holdfast.cluster.ClusterConnections;
import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.ClusterTransport;
import dev.holdfast.connection.Connections;
import dev.holdfast.server.SocketServers;
import dev.holdfast.server.netty.NettyConnections;
import dev.holdfast.server.netty.NettyNode;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a cluster of nodes. Its
 * {@link Connections} reach all of them.
 */
@AutoConfiguration(before = SocketServerAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnBooleanProperty("holdfast.cluster.enabled")
@EnableConfigurationProperties(HoldfastProperties.class)
@Import(RedisClusterConfiguration.class)
public final class SocketClusterAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ClusterSettings clusterSettings(NettyNode node, HoldfastProperties properties) {
		HoldfastProperties.Cluster cluster = properties.cluster();
		long maxMessageSize = cluster.maxMessageSize().toBytes();
		if (maxMessageSize <= 0 || maxMessageSize > Integer.MAX_VALUE / 2) {
			throw new InvalidConfigurationPropertyValueException("holdfast.cluster.max-message-size",
					cluster.maxMessageSize(), "It must be positive and below 1GB.");
		}
		return new ClusterSettings(node.id(), cluster.channelPrefix(), (int) maxMessageSize);
	}

	@Bean
	@ConditionalOnMissingBean
	ClusterNode clusterNode(ClusterSettings settings, NettyNode node, ObjectProvider<ClusterTransport> transport,
			ObjectProvider<SocketServers> servers, ObjectProvider<JsonSupport> json) {
		Assert.state(settings.nodeId().equals(node.id()),
				() -> "ClusterSettings have the node id '%s', but 'holdfast.cluster.node-id' is '%s'"
					.formatted(settings.nodeId(), node.id()));
		JsonSupport support = json.getIfAvailable();
		ClusterNode clusterNode = new ClusterNode(settings, transport.getIfAvailable(() -> {
			throw new NoClusterTransportException();
		}), new NettyConnections(node), servers::getObject, (support != null) ? support.codec() : null);
		node.onMembershipChange(clusterNode.membershipListener());
		return clusterNode;
	}

	@Bean
	@ConditionalOnMissingBean(Connections.class)
	ClusterConnections clusterConnections(ClusterNode node) {
		return new ClusterConnections(node);
	}

}
