package dev.holdfast.capacity;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import dev.holdfast.limit.AdmissionLimits;
import dev.holdfast.limit.ServerLimits;
import dev.holdfast.server.ConnectionEntrance;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.ServerStatistics.ConnectionCounts;
import dev.holdfast.server.SocketOptions;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.TlsOptions;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Servers with given limits and connections.
 */
final class CapacityServers {

	private CapacityServers() {
	}

	static SocketServer server(String name, long active) {
		return server(name, active, "tcp", false, 0, 0);
	}

	static SocketServer limited(String name, long active, long maxConnections) {
		return server(name, active, "tcp", false, maxConnections, 0);
	}

	static SocketServer server(String name, long active, String transport, boolean tls, long maxConnections,
			int backlog) {
		ServerLimits limits = mock(ServerLimits.class);
		given(limits.admission()).willReturn(new AdmissionLimits(maxConnections, 0, 0, List.of()));
		ServerDefinition.Protocol protocol = mock(ServerDefinition.Protocol.class);
		given(protocol.transport()).willReturn(transport);
		SocketOptions options = mock(SocketOptions.class);
		given(options.backlog()).willReturn(backlog);
		ServerDefinition definition = mock(ServerDefinition.class);
		given(definition.limits()).willReturn(limits);
		given(definition.protocol()).willReturn(protocol);
		given(definition.options()).willReturn(options);
		given(definition.entrance())
			.willReturn(tls ? new ConnectionEntrance(null, mock(TlsOptions.class)) : ConnectionEntrance.OPEN);
		ServerStatistics statistics = mock(ServerStatistics.class);
		given(statistics.connections()).willReturn(new ConnectionCounts(active, active, active, 0, Map.of(), Map.of()));
		SocketServer server = mock(SocketServer.class);
		given(server.name()).willReturn(name);
		given(server.definition()).willReturn(definition);
		given(server.statistics()).willReturn(statistics);
		given(server.io()).willReturn("epoll");
		given(server.address()).willReturn(new InetSocketAddress("0.0.0.0", 9000));
		return server;
	}

}
