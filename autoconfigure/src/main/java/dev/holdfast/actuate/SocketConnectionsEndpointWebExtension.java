package dev.holdfast.actuate;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.Assert;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the
 * {@link SocketConnectionsEndpoint}: ending a connection that does not exist is answered
 * with 404. Thread-safe.
 */
@EndpointWebExtension(endpoint = SocketConnectionsEndpoint.class)
public class SocketConnectionsEndpointWebExtension {

	private final SocketConnectionsEndpoint endpoint;

	/**
	 * Create a new {@link SocketConnectionsEndpointWebExtension}.
	 * @param endpoint the endpoint
	 */
	public SocketConnectionsEndpointWebExtension(SocketConnectionsEndpoint endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		this.endpoint = endpoint;
	}

	/**
	 * End a connection of any node.
	 * @param id the id of the connection
	 * @return 204, or 404 when there is no such connection
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> kick(@Selector String id) {
		boolean kicked = this.endpoint.kick(id).kicked();
		return new WebEndpointResponse<>(
				kicked ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
