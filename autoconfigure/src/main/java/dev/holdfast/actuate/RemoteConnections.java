package dev.holdfast.actuate;

import java.util.TreeSet;

import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionDescriptor;
import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionDetailsDescriptor;
import dev.holdfast.actuate.SocketConnectionsEndpoint.ConnectionsDescriptor;
import dev.holdfast.actuate.SocketConnectionsEndpoint.TlsDescriptor;
import dev.holdfast.cluster.ConnectionInfo;
import dev.holdfast.cluster.ConnectionListing;

/**
 * Describes connections of any node.
 */
final class RemoteConnections {

	private RemoteConnections() {
	}

	static ConnectionsDescriptor describe(ConnectionListing listing) {
		return new ConnectionsDescriptor(listing.total(),
				listing.connections().stream().map(RemoteConnections::describeBriefly).toList(),
				new TreeSet<>(listing.missing()));
	}

	static ConnectionDetailsDescriptor describe(ConnectionInfo connection) {
		String protocol = connection.tlsProtocol();
		String cipher = connection.tlsCipher();
		TlsDescriptor tls = (protocol != null && cipher != null) ? new TlsDescriptor(protocol, cipher) : null;
		return new ConnectionDetailsDescriptor(describeBriefly(connection), connection.localAddress(),
				new TreeSet<>(connection.attributes()), tls, connection.path());
	}

	private static ConnectionDescriptor describeBriefly(ConnectionInfo connection) {
		return new ConnectionDescriptor(connection.id(), connection.server(), connection.remoteAddress(),
				connection.user(), new TreeSet<>(connection.groups()), connection.openedAt(), connection.idleSeconds(),
				connection.messagesReceived(), connection.messagesSent(), connection.bytesReceived(),
				connection.bytesSent(), connection.pendingBytes());
	}

}
