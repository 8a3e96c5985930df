package dev.holdfast.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.holdfast.capacity.CapacityEstimator;
import dev.holdfast.capacity.CapacityLog;
import dev.holdfast.server.SocketServers;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what is said about the capacity
 * of socket servers.
 */
@AutoConfiguration(after = SocketServerAutoConfiguration.class)
@ConditionalOnBean(SocketServers.class)
@EnableConfigurationProperties(HoldfastProperties.class)
public final class SocketCapacityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CapacityEstimator capacityEstimator(SocketServers servers, HoldfastProperties properties) {
		Long maxConnections = properties.maxConnections();
		return new CapacityEstimator(servers, (maxConnections != null) ? maxConnections : 0);
	}

	@Bean
	CapacityLogListener capacityLogListener(CapacityEstimator estimator) {
		return new CapacityLogListener(new CapacityLog(estimator));
	}

}
