package dev.holdfast.actuate;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.holdfast.server.ServerState;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Tests for {@link SocketsHealthIndicator}.
 */
class SocketsHealthIndicatorTests {

	@Test
	void healthWhenAllAcceptIsUp() {
		Health health = health(server("echo", ServerState.RUNNING, true), server("live", ServerState.RUNNING, true));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("echo", "RUNNING").containsEntry("live", "RUNNING");
	}

	@Test
	void healthWhenOneFailsToAcceptIsDown() {
		Health health = health(server("echo", ServerState.RUNNING, false), server("live", ServerState.PAUSED, false));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("echo", "FAILED").containsEntry("live", "PAUSED");
	}

	@ParameterizedTest
	@EnumSource(names = { "PAUSED", "DRAINING", "STOPPED" })
	void healthWhenOneDoesNotListenIsOutOfService(ServerState state) {
		Health health = health(server("echo", state, false), server("live", ServerState.RUNNING, true));
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails()).containsEntry("echo", state.name());
	}

	@Test
	void healthWhenThereIsNoServerIsUp() {
		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	private static Health health(SocketServer... servers) {
		return new SocketsHealthIndicator(new SocketServers(List.of(servers))).health();
	}

	private static SocketServer server(String name, ServerState state, boolean accepting) {
		SocketServer server = FakeServers.server(name, state, null);
		given(server.isAccepting()).willReturn(accepting);
		return server;
	}

}
