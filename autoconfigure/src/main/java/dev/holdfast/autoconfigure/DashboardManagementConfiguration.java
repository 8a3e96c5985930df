package dev.holdfast.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.WebFilter;

import dev.holdfast.actuate.DashboardServletFilter;
import dev.holdfast.actuate.DashboardWebFilter;
import dev.holdfast.actuate.SocketDashboardEndpoint;

/**
 * {@link ManagementContextConfiguration} for the filters of the live page, which belong
 * to the web server that serves the endpoints.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnAvailableEndpoint(SocketDashboardEndpoint.class)
class DashboardManagementConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(OncePerRequestFilter.class)
	static class ServletConfiguration {

		@Bean
		DashboardServletFilter dashboardServletFilter(ObjectProvider<SocketDashboardEndpoint> endpoint) {
			return new DashboardServletFilter(endpoint::getIfAvailable);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnClass(WebFilter.class)
	static class ReactiveConfiguration {

		@Bean
		DashboardWebFilter dashboardWebFilter(ObjectProvider<SocketDashboardEndpoint> endpoint) {
			return new DashboardWebFilter(endpoint::getIfAvailable);
		}

	}

}
