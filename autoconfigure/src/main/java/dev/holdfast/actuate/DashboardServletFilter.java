package dev.holdfast.actuate;

import java.io.IOException;
import java.util.function.Supplier;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a browser keep the page and the files of {@link SocketDashboardEndpoint} and ask
 * whether they changed. Other requests pass unchanged. Thread-safe.
 */
public class DashboardServletFilter extends OncePerRequestFilter {

	private final Supplier<@Nullable SocketDashboardEndpoint> endpoint;

	/**
	 * Create a new {@link DashboardServletFilter}.
	 * @param endpoint supplies the endpoint, {@code null} if there is none
	 */
	public DashboardServletFilter(Supplier<@Nullable SocketDashboardEndpoint> endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		this.endpoint = endpoint;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		SocketDashboardEndpoint dashboard = this.endpoint.get();
		CacheHeaders headers = (dashboard != null) ? dashboard.cacheHeaders(request.getRequestURI())
				: CacheHeaders.NONE;
		headers.forEach(response::setHeader);
		String tag = headers.entityTag();
		if (tag == null || !new ServletWebRequest(request, response).checkNotModified(tag)) {
			chain.doFilter(request, response);
		}
	}

}
