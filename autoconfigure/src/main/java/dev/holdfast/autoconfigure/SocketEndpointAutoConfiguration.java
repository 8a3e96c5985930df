package dev.holdfast.autoconfigure;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.holdfast.actuate.SocketCapacityEndpoint;
import dev.holdfast.actuate.SocketConnectionsEndpoint;
import dev.holdfast.actuate.SocketConnectionsEndpointWebExtension;
import dev.holdfast.actuate.SocketsEndpoint;
import dev.holdfast.actuate.SocketsEndpointWebExtension;
import dev.holdfast.capacity.CapacityEstimator;
import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.connection.Connections;
import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.EventLoops;
import dev.holdfast.server.SocketServers;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the endpoints of socket servers,
 * their connections and their capacity.
 */
@AutoConfiguration(afterName = { "dev.holdfast.autoconfigure.SocketServerAutoConfiguration",
		"dev.holdfast.autoconfigure.SocketCapacityAutoConfiguration" })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
public final class SocketEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean(SocketServers.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	SocketsEndpoint socketsEndpoint(SocketServers servers, ObjectProvider<DrainSettings> drainSettings,
			ObjectProvider<EventLoops> eventLoops, ObjectProvider<ClusterNode> cluster) {
		return new SocketsEndpoint(servers,
				drainSettings.getIfAvailable(() -> new DrainSettings(Duration.ofSeconds(30), 0, null)),
				eventLoops.getIfAvailable(), cluster.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean(SocketsEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	SocketsEndpointWebExtension socketsEndpointWebExtension(SocketsEndpoint endpoint) {
		return new SocketsEndpointWebExtension(endpoint);
	}

	@Bean
	@ConditionalOnBean(Connections.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	SocketConnectionsEndpoint socketConnectionsEndpoint(Connections connections, ObjectProvider<ClusterNode> cluster) {
		return new SocketConnectionsEndpoint(connections, cluster.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean(SocketConnectionsEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	SocketConnectionsEndpointWebExtension socketConnectionsEndpointWebExtension(SocketConnectionsEndpoint endpoint) {
		return new SocketConnectionsEndpointWebExtension(endpoint);
	}

	@Bean
	@ConditionalOnBean(CapacityEstimator.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	SocketCapacityEndpoint socketCapacityEndpoint(CapacityEstimator estimator) {
		return new SocketCapacityEndpoint(estimator);
	}

}
