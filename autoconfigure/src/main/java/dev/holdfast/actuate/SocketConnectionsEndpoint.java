package dev.holdfast.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import javax.net.ssl.SSLSession;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.util.Assert;

import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ClusterCount;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.server.ConnectionFilter;
import dev.holdfast.server.SocketAddresses;

/**
 * {@link Endpoint @Endpoint} to find connections of this node, or of all nodes of a
 * cluster. Thread-safe.
 */
@Endpoint(id = "socketconnections", defaultAccess = Access.READ_ONLY)
public class SocketConnectionsEndpoint {

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 1000;

	private static final Duration CLUSTER_TIMEOUT = Duration.ofSeconds(10);

	private final Connections connections;

	private final @Nullable ClusterNode cluster;

	/**
	 * Create a new {@link SocketConnectionsEndpoint} that knows no other nodes.
	 * @param connections the connections
	 */
	public SocketConnectionsEndpoint(Connections connections) {
		this(connections, null);
	}

	/**
	 * Create a new {@link SocketConnectionsEndpoint}.
	 * @param connections the connections
	 * @param cluster this node of the cluster, {@code null} without one
	 */
	public SocketConnectionsEndpoint(Connections connections, @Nullable ClusterNode cluster) {
		Assert.notNull(connections, "'connections' must not be null");
		this.connections = connections;
		this.cluster = cluster;
	}

	/**
	 * Return one page of the connections that meet all conditions. Without any condition
	 * all connections are meant.
	 * @param server the name of the server
	 * @param user the name of the user
	 * @param group the name of a group
	 * @param address the remote address, with or without its port
	 * @param offset how many connections to skip, by default none
	 * @param limit the most connections to return, by default 50 and never above 1,000
	 * @param cluster whether connections of other nodes are meant too, by default not
	 * @return the page and the number of connections over all pages
	 * @throws InvalidEndpointRequestException if the offset or the limit is negative
	 */
	@ReadOperation
	public ConnectionsDescriptor connections(@Nullable String server, @Nullable String user, @Nullable String group,
			@Nullable String address, @Nullable Integer offset, @Nullable Integer limit, @Nullable Boolean cluster) {
		int first = notNegative("offset", offset, 0);
		int most = Math.min(notNegative("limit", limit, DEFAULT_LIMIT), MAX_LIMIT);
		ConnectionFilter filter = new ConnectionFilter(server, user, group, address);
		if (Boolean.TRUE.equals(cluster) && this.cluster != null) {
			return RemoteConnections.describe(this.cluster.list(filter, first, most).join());
		}
		ConnectionPage page = new ConnectionPage(first, most);
		page.fill(filter, this.connections);
		return new ConnectionsDescriptor(page.total(),
				page.connections().stream().map(ConnectionDescriptor::of).toList(), null);
	}

	private int notNegative(String name, @Nullable Integer value, int defaultValue) {
		if (value == null) {
			return defaultValue;
		}
		if (value < 0) {
			String message = "'%s' must not be negative".formatted(name);
			throw new InvalidEndpointRequestException(message, message);
		}
		return value;
	}

	/**
	 * Return the details of one connection, of any node.
	 * @param id the id of the connection
	 * @return the details, or {@code null} when it is closed or unknown
	 */
	@ReadOperation
	public @Nullable ConnectionDetailsDescriptor connection(@Selector String id) {
		if (this.cluster == null || this.connections.find(id).isPresent()) {
			return this.connections.find(id).map(ConnectionDetailsDescriptor::of).orElse(null);
		}
		return this.cluster.find(id).join().map(RemoteConnections::describe).orElse(null);
	}

	/**
	 * End a connection of any node as {@link CloseReason#KICKED}.
	 * @param id the id of the connection
	 * @return whether there was such a connection
	 */
	@DeleteOperation
	public KickDescriptor kick(@Selector String id) {
		Recipients connection = this.connections.connection(id);
		boolean known = connection.count() > 0 || mayBeElsewhere(connection);
		if (known) {
			connection.close(CloseReason.KICKED);
		}
		return new KickDescriptor(known);
	}

	private static boolean mayBeElsewhere(Recipients connection) {
		ClusterCount count = connection.clusterCount().block(CLUSTER_TIMEOUT);
		return count != null && (count.count() > 0 || !count.missing().isEmpty());
	}

	/**
	 * Description of one page of connections. Immutable.
	 *
	 * @param total the number of connections over all pages
	 * @param connections the connections of the page
	 * @param missing the nodes that did not answer, {@code null} if none was asked
	 */
	public record ConnectionsDescriptor(long total, List<ConnectionDescriptor> connections,
			@Nullable Set<String> missing) implements OperationResponseBody {

	}

	/**
	 * Description of one connection. Immutable.
	 *
	 * @param id the id
	 * @param server the name of the server
	 * @param remoteAddress the address of the client
	 * @param user the user or {@code null}
	 * @param groups the groups in alphabetical order
	 * @param openedAt the time at which it was accepted
	 * @param idleSeconds whole seconds since something was read from the client
	 * @param messagesReceived messages that were decoded
	 * @param messagesSent messages that were queued for the client
	 * @param bytesReceived bytes that were read
	 * @param bytesSent bytes that were queued for the client
	 * @param pendingBytes bytes that wait for the client
	 */
	public record ConnectionDescriptor(String id, String server, String remoteAddress,
			@JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String user, Set<String> groups, Instant openedAt,
			long idleSeconds, long messagesReceived, long messagesSent, long bytesReceived, long bytesSent,
			long pendingBytes) {

		private static ConnectionDescriptor of(SocketConnection connection) {
			return new ConnectionDescriptor(connection.id(), connection.server(),
					SocketAddresses.format(connection.remoteAddress()), connection.user().orElse(null),
					new TreeSet<>(connection.groups()), connection.openedAt(), connection.idleTime().toSeconds(),
					connection.messagesReceived(), connection.messagesSent(), connection.bytesReceived(),
					connection.bytesSent(), connection.pendingBytes());
		}

	}

	/**
	 * Description of one connection in detail. Immutable.
	 *
	 * @param connection what the list of connections shows too
	 * @param localAddress the address that the client connected to
	 * @param attributes the names of the attributes in alphabetical order
	 * @param tls the TLS session or {@code null}
	 * @param path the path of the WebSocket upgrade or {@code null}
	 */
	public record ConnectionDetailsDescriptor(@JsonUnwrapped ConnectionDescriptor connection, String localAddress,
			Set<String> attributes, @Nullable TlsDescriptor tls,
			@Nullable String path) implements OperationResponseBody {

		private static ConnectionDetailsDescriptor of(SocketConnection connection) {
			return new ConnectionDetailsDescriptor(ConnectionDescriptor.of(connection),
					SocketAddresses.format(connection.localAddress()), new TreeSet<>(connection.attributes().keySet()),
					connection.sslSession().map(TlsDescriptor::of).orElse(null),
					connection.handshake().map(Handshake::path).orElse(null));
		}

	}

	/**
	 * Description of the end of a connection. Immutable.
	 *
	 * @param kicked {@code false} when there is no such connection, on no node that
	 * answers
	 */
	public record KickDescriptor(boolean kicked) implements OperationResponseBody {

	}

	/**
	 * Description of a TLS session. Immutable.
	 *
	 * @param protocol the version of the protocol, such as {@code TLSv1.3}
	 * @param cipher the name of the cipher suite
	 */
	public record TlsDescriptor(String protocol, String cipher) {

		private static TlsDescriptor of(SSLSession session) {
			return new TlsDescriptor(session.getProtocol(), session.getCipherSuite());
		}

	}

}
