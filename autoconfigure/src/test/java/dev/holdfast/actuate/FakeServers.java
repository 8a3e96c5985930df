package dev.holdfast.actuate;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.ServerDefinition;
import dev.holdfast.server.ServerDefinition.Protocol;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.ServerStatistics.ByteCounts;
import dev.holdfast.server.ServerStatistics.ConnectionCounts;
import dev.holdfast.server.ServerStatistics.Latency;
import dev.holdfast.server.ServerStatistics.MessageCounts;
import dev.holdfast.server.ServerStatistics.Qps;
import dev.holdfast.server.SocketServer;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Servers with given statistics.
 */
final class FakeServers {

	private FakeServers() {
	}

	static SocketServer running(String name) {
		return server(name, ServerState.RUNNING, new InetSocketAddress("0.0.0.0", 9000));
	}

	static SocketServer server(String name, ServerState state, @Nullable SocketAddress address) {
		return server(name, state, address, statistics(Map.of(), Map.of(CloseReason.CLIENT, 3L, CloseReason.IDLE, 0L)));
	}

	static SocketServer server(String name, ServerStatistics statistics) {
		return server(name, ServerState.RUNNING, new InetSocketAddress("0.0.0.0", 9000), statistics);
	}

	private static SocketServer server(String name, ServerState state, @Nullable SocketAddress address,
			ServerStatistics statistics) {
		ServerDefinition definition = definition();
		SocketServer server = mock(SocketServer.class);
		given(server.name()).willReturn(name);
		given(server.definition()).willReturn(definition);
		given(server.state()).willReturn(state);
		given(server.address()).willReturn(address);
		given(server.lastAddress()).willReturn(address);
		given(server.io()).willReturn("epoll");
		given(server.statistics()).willReturn(statistics);
		return server;
	}

	private static ServerDefinition definition() {
		Protocol protocol = mock(Protocol.class);
		given(protocol.transport()).willReturn("tcp");
		given(protocol.framingName()).willReturn("line");
		ServerDefinition definition = mock(ServerDefinition.class);
		given(definition.protocol()).willReturn(protocol);
		given(definition.address()).willReturn(InetSocketAddress.createUnresolved("sockets.invalid", 9100));
		return definition;
	}

	static ServerStatistics statistics(Map<CloseReason, Long> refused, Map<CloseReason, Long> closed) {
		return new ServerStatistics(new ConnectionCounts(2, 3, 5, 0, refused, closed),
				new MessageCounts(120, 118, 1, 4, 7, 112, 5_000_000), new ByteCounts(1440, 1416),
				new Qps(12.04, 11.76, 1.96, 15), new Latency(14, 90, 310));
	}

}
