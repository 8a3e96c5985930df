package dev.holdfast.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.metrics.ClusterMetrics;
import dev.holdfast.metrics.EventLoopMetrics;
import dev.holdfast.metrics.SocketServerMetrics;
import dev.holdfast.server.EventLoops;
import dev.holdfast.server.SocketServers;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of socket servers.
 */
@AutoConfiguration(afterName = { "dev.holdfast.autoconfigure.SocketServerAutoConfiguration",
		"dev.holdfast.autoconfigure.SocketClusterAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
public final class SocketMetricsAutoConfiguration {

	@Bean
	@ConditionalOnBean({ MeterRegistry.class, SocketServers.class })
	@ConditionalOnMissingBean
	SocketServerMetrics socketServerMetrics(SocketServers servers) {
		return new SocketServerMetrics(servers);
	}

	@Bean
	@ConditionalOnBean({ MeterRegistry.class, EventLoops.class, SocketServers.class })
	@ConditionalOnMissingBean
	EventLoopMetrics eventLoopMetrics(EventLoops eventLoops, SocketServers servers) {
		return new EventLoopMetrics(eventLoops, servers);
	}

	@Bean
	@ConditionalOnBean({ MeterRegistry.class, ClusterNode.class })
	@ConditionalOnMissingBean
	ClusterMetrics clusterMetrics(ClusterNode node) {
		return new ClusterMetrics(node);
	}

}
