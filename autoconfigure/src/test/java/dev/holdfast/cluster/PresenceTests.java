package dev.holdfast.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.holdfast.connection.Connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Presence}.
 */
class PresenceTests {

	private static final ClusterSettings SETTINGS = TestNode.settings("node");

	private static final List<String> FIELDS = List.of("u:alice", "g:room", "g:lobby");

	private final InMemoryBus bus = new InMemoryBus();

	private final InMemoryClusterTransport transport = new InMemoryClusterTransport(this.bus);

	private final Connections connections = mock(Connections.class, RETURNS_DEEP_STUBS);

	private final Presence presence = new Presence(SETTINGS, this.transport, this.connections, Runnable::run);

	@BeforeEach
	void start() {
		given(this.connections.users()).willReturn(Set.of("alice"));
		given(this.connections.groups()).willReturn(Set.of("room"));
		given(this.connections.user("alice").count()).willReturn(2L);
		given(this.connections.group("room").count()).willReturn(3L);
		this.transport.start(mock(ClusterReceiver.class));
		this.presence.connected();
	}

	@AfterEach
	void stop() {
		this.bus.close();
	}

	private Map<String, Long> remembered() {
		return this.bus.recall(SETTINGS.presenceKey("node"), FIELDS);
	}

	@Test
	void connectedWhenFirstAnnouncesEverything() {
		assertThat(remembered()).isEqualTo(Map.of("u:alice", 2L, "g:room", 3L));
	}

	@Test
	void flushWhenSomethingChangedTellsThat() {
		this.presence.changed(Membership.group("room"), 0);
		this.presence.changed(Membership.group("lobby"), 1);
		this.presence.flush();
		assertThat(remembered()).isEqualTo(Map.of("u:alice", 2L, "g:lobby", 1L));
	}

	@Test
	void refreshWhenForgottenAnnouncesEverythingAnew() {
		this.bus.clear();
		this.presence.refresh();
		assertThat(remembered()).isEqualTo(Map.of("u:alice", 2L, "g:room", 3L));
	}

	@Test
	void flushWhenForgottenAnnouncesEverythingAnew() {
		this.bus.clear();
		given(this.connections.groups()).willReturn(Set.of("room", "lobby"));
		given(this.connections.group("lobby").count()).willReturn(1L);
		this.presence.changed(Membership.group("lobby"), 1);
		this.presence.flush();
		this.presence.refresh();
		assertThat(remembered()).isEqualTo(Map.of("u:alice", 2L, "g:room", 3L, "g:lobby", 1L));
	}

	@Test
	void refreshWhenCutOffBeforeAnnouncesEverythingLater() {
		this.transport.cut();
		this.presence.changed(Membership.group("room"), 0);
		this.presence.flush();
		this.presence.refresh();
		this.bus.clear();
		this.transport.restore();
		this.presence.refresh();
		assertThat(remembered()).isEqualTo(Map.of("u:alice", 2L, "g:room", 3L));
	}

}
