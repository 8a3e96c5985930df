package dev.holdfast.actuate;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.Test;

import dev.holdfast.actuate.SocketsEndpoint.ServerDescriptor;
import dev.holdfast.actuate.SocketsEndpoint.ServersDescriptor;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.ServerState;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link SocketsEndpoint}.
 */
class SocketsEndpointTests {

	@Test
	void serversWhenSeveralReturnsOrderOfConfiguration() {
		ServersDescriptor descriptor = endpoint(FakeServers.running("live"), FakeServers.running("echo")).servers();
		assertThat(descriptor.servers()).containsOnlyKeys("live", "echo");
		assertThat(descriptor.servers().keySet()).containsExactly("live", "echo");
	}

	@Test
	void serversWhenSeveralAddsUpBeforeRounding() {
		ServersDescriptor descriptor = endpoint(FakeServers.running("live"), FakeServers.running("echo")).servers();
		assertThat(descriptor.total().connections()).isEqualTo(4);
		assertThat(descriptor.total().qps()).isEqualTo(24.1);
	}

	@Test
	void serversWhenThereAreNoneReturnsEmptyTotal() {
		ServersDescriptor descriptor = endpoint().servers();
		assertThat(descriptor.servers()).isEmpty();
		assertThat(descriptor.total().connections()).isZero();
		assertThat(descriptor.total().qps()).isZero();
	}

	@Test
	void serversWhenCalledTakesStatisticsOnce() {
		SocketServer server = FakeServers.running("echo");
		endpoint(server).servers();
		then(server).should(times(1)).statistics();
	}

	@Test
	void serverWhenUnknownReturnsNull() {
		assertThat(endpoint(FakeServers.running("echo")).server("other")).isNull();
	}

	@Test
	void serverWhenRatesAreFractionsRoundsToOneDecimal() {
		ServerDescriptor descriptor = describe(FakeServers.running("echo"));
		assertThat(descriptor.qps()).isEqualTo(new SocketsEndpoint.QpsDescriptor(12.0, 11.8, 2.0, 15.0));
	}

	@Test
	void serverWhenStoppedReturnsConfiguredAddress() {
		ServerDescriptor descriptor = describe(FakeServers.server("echo", ServerState.STOPPED, null));
		assertThat(descriptor.state()).isEqualTo(ServerState.STOPPED);
		assertThat(descriptor.address()).isEqualTo("sockets.invalid:9100");
	}

	@Test
	void serverWhenListeningOnAllInterfacesReturnsWhatSocketReports() {
		InetSocketAddress address = new InetSocketAddress("::", 9000);
		assertThat(describe(FakeServers.server("echo", ServerState.RUNNING, address)).address())
			.isEqualTo("0.0.0.0:9000");
	}

	@Test
	void serverWhenListeningOnUnixSocketReturnsPath() {
		DomainSocketAddress address = new DomainSocketAddress("/run/echo.sock");
		assertThat(describe(FakeServers.server("echo", ServerState.RUNNING, address)).address())
			.isEqualTo("/run/echo.sock");
	}

	@Test
	void serverWhenRefusedForSeveralReasonsReturnsSum() {
		Map<CloseReason, Long> refused = Map.of(CloseReason.LIMIT_REACHED, 4L, CloseReason.RATE_LIMIT, 2L);
		SocketServer server = FakeServers.server("echo", FakeServers.statistics(refused, Map.of()));
		assertThat(describe(server).connections().refused()).isEqualTo(6);
	}

	@Test
	void serverWhenReasonsNeverHappenedLeavesThemOut() {
		Map<CloseReason, Long> closed = Map.of(CloseReason.IDLE, 2L, CloseReason.CLIENT, 1L, CloseReason.KICKED, 0L);
		SocketServer server = FakeServers.server("echo", FakeServers.statistics(Map.of(), closed));
		assertThat(describe(server).connections().closed()).containsExactly(Map.entry(CloseReason.CLIENT, 1L),
				Map.entry(CloseReason.IDLE, 2L));
	}

	private ServerDescriptor describe(SocketServer server) {
		ServerDescriptor descriptor = endpoint(server).server(server.name());
		assertThat(descriptor).isNotNull();
		return descriptor;
	}

	private SocketsEndpoint endpoint(SocketServer... servers) {
		return new SocketsEndpoint(new SocketServers(List.of(servers)), new DrainSettings(Duration.ZERO, 0, null));
	}

}
