package dev.holdfast.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.Assert;

import dev.holdfast.actuate.SocketsEndpoint.ServerDescriptor;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the {@link SocketsEndpoint}: an
 * action on a server that does not exist is answered with 404. Thread-safe.
 */
@EndpointWebExtension(endpoint = SocketsEndpoint.class)
public class SocketsEndpointWebExtension {

	private final SocketsEndpoint endpoint;

	/**
	 * Create a new {@link SocketsEndpointWebExtension}.
	 * @param endpoint the endpoint
	 */
	public SocketsEndpointWebExtension(SocketsEndpoint endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		this.endpoint = endpoint;
	}

	/**
	 * Pause, resume or drain a server.
	 * @param server the name of the server
	 * @param action one of {@code pause}, {@code resume} and {@code drain}
	 * @return the server as it is now, or 404 when there is none of that name
	 */
	@WriteOperation
	public WebEndpointResponse<@Nullable ServerDescriptor> act(@Selector String server, String action) {
		ServerDescriptor descriptor = this.endpoint.act(server, action);
		int status = (descriptor != null) ? WebEndpointResponse.STATUS_OK : WebEndpointResponse.STATUS_NOT_FOUND;
		return new WebEndpointResponse<>(descriptor, status);
	}

}
