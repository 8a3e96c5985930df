package dev.holdfast.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import dev.holdfast.actuate.SocketsHealthIndicator;
import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.server.SocketServers;
import dev.holdfast.server.context.SocketServerGracefulShutdownLifecycle;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of socket servers.
 */
@AutoConfiguration(after = SocketServerAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(SocketServers.class)
@ConditionalOnEnabledHealthIndicator("sockets")
public final class SocketHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "socketsHealthIndicator")
	SocketsHealthIndicator socketsHealthIndicator(SocketServers servers, ObjectProvider<ClusterNode> cluster,
			ObjectProvider<SocketServerGracefulShutdownLifecycle> shutdown) {
		return new SocketsHealthIndicator(servers, cluster.getIfAvailable(),
				() -> shutdown.stream().anyMatch(SocketServerGracefulShutdownLifecycle::isShuttingDown));
	}

}
