package dev.holdfast.actuate;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a browser keep the page and the files of {@link SocketDashboardEndpoint} and ask
 * whether they changed. Other requests pass unchanged. Thread-safe.
 */
public class DashboardWebFilter implements WebFilter {

	private final Supplier<@Nullable SocketDashboardEndpoint> endpoint;

	/**
	 * Create a new {@link DashboardWebFilter}.
	 * @param endpoint supplies the endpoint, {@code null} if there is none
	 */
	public DashboardWebFilter(Supplier<@Nullable SocketDashboardEndpoint> endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		this.endpoint = endpoint;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		SocketDashboardEndpoint dashboard = this.endpoint.get();
		String path = exchange.getRequest().getPath().value();
		CacheHeaders headers = (dashboard != null) ? dashboard.cacheHeaders(path) : CacheHeaders.NONE;
		headers.forEach(exchange.getResponse().getHeaders()::set);
		String tag = headers.entityTag();
		boolean unchanged = tag != null && exchange.checkNotModified(tag);
		return unchanged ? exchange.getResponse().setComplete() : chain.filter(exchange);
	}

}
