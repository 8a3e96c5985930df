package dev.holdfast.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import dev.holdfast.actuate.DashboardSettings;
import dev.holdfast.actuate.DashboardSettings.Target;
import dev.holdfast.actuate.SocketDashboardEndpoint;
import dev.holdfast.actuate.SocketsHistory;
import dev.holdfast.server.EventLoops;
import dev.holdfast.server.SocketServers;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the live page of socket servers.
 */
@AutoConfiguration(afterName = "dev.holdfast.autoconfigure.SocketServerAutoConfiguration")
@ConditionalOnClass({ WebEndpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnWebApplication
@ConditionalOnBean(SocketServers.class)
@ConditionalOnAvailableEndpoint(SocketDashboardEndpoint.class)
public final class SocketDashboardAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SocketsHistory socketsHistory(SocketServers servers, ObjectProvider<EventLoops> eventLoops) {
		return new SocketsHistory(servers, eventLoops.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	SocketDashboardEndpoint socketDashboardEndpoint(Environment environment, SocketsHistory history,
			ObjectProvider<PathMapper> pathMappers, ObjectProvider<EndpointAccessResolver> access) {
		List<PathMapper> mappers = pathMappers.orderedStream().toList();
		EndpointAccessResolver resolver = access.getIfAvailable(() -> (id, defaultAccess) -> defaultAccess);
		DashboardSettings settings = DashboardSettings.of(environment.getProperty("spring.application.name"),
				PathMapper.getRootPath(mappers, EndpointId.of("socketdashboard")), target("sockets", mappers, resolver),
				target("socketconnections", mappers, resolver));
		return new SocketDashboardEndpoint(settings, history);
	}

	private static Target target(String endpoint, List<PathMapper> mappers, EndpointAccessResolver resolver) {
		EndpointId id = EndpointId.of(endpoint);
		boolean writable = resolver.accessFor(id, Access.READ_ONLY) == Access.UNRESTRICTED;
		return new Target(PathMapper.getRootPath(mappers, id), writable);
	}

}
