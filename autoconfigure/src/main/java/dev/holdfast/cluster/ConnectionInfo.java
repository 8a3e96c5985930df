package dev.holdfast.cluster;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

import javax.net.ssl.SSLSession;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.server.SocketAddresses;

/**
 * A connection of any node, as its node saw it. Immutable.
 *
 * @param id the id
 * @param server the name of the server
 * @param remoteAddress the address of the client
 * @param localAddress the address that the client connected to
 * @param user the user or {@code null}
 * @param groups the groups in alphabetical order
 * @param attributes the names of the attributes in alphabetical order
 * @param tlsProtocol the version of TLS or {@code null}
 * @param tlsCipher the cipher suite of TLS or {@code null}
 * @param path the path of the WebSocket upgrade or {@code null}
 * @param openedAt the time at which it was accepted
 * @param idleSeconds whole seconds since something was read from the client
 * @param messagesReceived messages that were decoded
 * @param messagesSent messages that were queued for the client
 * @param bytesReceived bytes that were read
 * @param bytesSent bytes that were queued for the client
 * @param pendingBytes bytes that wait for the client
 */
public record ConnectionInfo(String id, String server, String remoteAddress, String localAddress, @Nullable String user,
		List<String> groups, List<String> attributes, @Nullable String tlsProtocol, @Nullable String tlsCipher,
		@Nullable String path, Instant openedAt, long idleSeconds, long messagesReceived, long messagesSent,
		long bytesReceived, long bytesSent, long pendingBytes) {

	static ConnectionInfo of(SocketConnection connection) {
		return new ConnectionInfo(connection.id(), connection.server(),
				SocketAddresses.format(connection.remoteAddress()), SocketAddresses.format(connection.localAddress()),
				connection.user().orElse(null), List.copyOf(new TreeSet<>(connection.groups())),
				List.copyOf(new TreeSet<>(connection.attributes().keySet())),
				connection.sslSession().map(SSLSession::getProtocol).orElse(null),
				connection.sslSession().map(SSLSession::getCipherSuite).orElse(null),
				connection.handshake().map(Handshake::path).orElse(null), connection.openedAt(),
				connection.idleTime().toSeconds(), connection.messagesReceived(), connection.messagesSent(),
				connection.bytesReceived(), connection.bytesSent(), connection.pendingBytes());
	}

	void write(ByteBuf out) {
		Wire.writeText(out, this.id);
		Wire.writeText(out, this.server);
		Wire.writeText(out, this.remoteAddress);
		Wire.writeText(out, this.localAddress);
		Wire.writeNullable(out, this.user);
		Wire.writeTexts(out, this.groups);
		Wire.writeTexts(out, this.attributes);
		Wire.writeNullable(out, this.tlsProtocol);
		Wire.writeNullable(out, this.tlsCipher);
		Wire.writeNullable(out, this.path);
		out.writeLong(this.openedAt.toEpochMilli()).writeLong(this.idleSeconds);
		out.writeLong(this.messagesReceived).writeLong(this.messagesSent);
		out.writeLong(this.bytesReceived).writeLong(this.bytesSent).writeLong(this.pendingBytes);
	}

	static ConnectionInfo read(ByteBuf in) {
		return new ConnectionInfo(Wire.readText(in), Wire.readText(in), Wire.readText(in), Wire.readText(in),
				Wire.readNullable(in), Wire.readTexts(in), Wire.readTexts(in), Wire.readNullable(in),
				Wire.readNullable(in), Wire.readNullable(in), Instant.ofEpochMilli(in.readLong()), in.readLong(),
				in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
	}

}
