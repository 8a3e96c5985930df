package dev.holdfast.actuate;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ClusterCount;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Connections that know what they are asked for.
 */
public final class FakeConnections {

	private FakeConnections() {
	}

	public static Connections of(SocketConnection... connections) {
		return of(List.of(connections));
	}

	public static Connections of(List<SocketConnection> all) {
		Connections connections = mock(Connections.class);
		Recipients recipients = recipients(all);
		given(connections.all()).willReturn(recipients);
		given(connections.find(anyString())).willAnswer(
				(call) -> all.stream().filter((connection) -> connection.id().equals(call.getArgument(0))).findFirst());
		given(connections.connection(anyString())).willAnswer((call) -> recipients(
				all.stream().filter((connection) -> connection.id().equals(call.getArgument(0))).toList()));
		return connections;
	}

	public static Connections numbered(int count) {
		return of(IntStream.range(0, count).mapToObj((number) -> connection("n-0-" + number + "-1", null)).toList());
	}

	public static Recipients recipients(List<SocketConnection> connections) {
		Recipients recipients = mock(Recipients.class);
		given(recipients.stream()).willAnswer((call) -> connections.stream());
		given(recipients.stream(anyLong())).willCallRealMethod();
		given(recipients.count()).willReturn((long) connections.size());
		given(recipients.clusterCount())
			.willReturn(Mono.just(new ClusterCount(connections.size(), Instant.EPOCH, Set.of())));
		given(recipients.close(any())).willAnswer((call) -> {
			connections.forEach((connection) -> connection.close((CloseReason) call.getArgument(0)));
			return (long) connections.size();
		});
		return recipients;
	}

	public static SocketConnection connection(String id, @Nullable String user, String... groups) {
		SocketConnection connection = mock(SocketConnection.class);
		given(connection.id()).willReturn(id);
		given(connection.server()).willReturn("echo");
		given(connection.user()).willReturn(Optional.ofNullable(user));
		given(connection.groups()).willReturn(Set.of(groups));
		given(connection.remoteAddress()).willReturn(new InetSocketAddress("192.0.2.7", 40001));
		given(connection.localAddress()).willReturn(new InetSocketAddress("192.0.2.1", 9000));
		given(connection.openedAt()).willReturn(Instant.parse("2026-01-02T03:04:05.678Z"));
		given(connection.idleTime()).willReturn(Duration.ofMillis(12_999));
		given(connection.messagesReceived()).willReturn(10L);
		given(connection.messagesSent()).willReturn(11L);
		given(connection.bytesReceived()).willReturn(120L);
		given(connection.bytesSent()).willReturn(132L);
		given(connection.pendingBytes()).willReturn(64L);
		given(connection.attributes()).willReturn(Map.of());
		given(connection.sslSession()).willReturn(Optional.empty());
		given(connection.handshake()).willReturn(Optional.empty());
		return connection;
	}

}
