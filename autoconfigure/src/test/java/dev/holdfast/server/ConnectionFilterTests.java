package dev.holdfast.server;

import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.holdfast.actuate.FakeConnections;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.only;

/**
 * Tests for {@link ConnectionFilter}.
 */
class ConnectionFilterTests {

	private final SocketConnection phone = FakeConnections.connection("phone", "alice", "vip", "room-1");

	private final SocketConnection laptop = FakeConnections.connection("laptop", "alice");

	private final SocketConnection sensor = FakeConnections.connection("sensor", null, "vip");

	private final Connections connections = mock(Connections.class);

	@Test
	void selectWhenNothingIsAskedForReturnsAll() {
		Recipients all = FakeConnections.recipients(List.of(this.phone, this.laptop, this.sensor));
		given(this.connections.all()).willReturn(all);
		assertThat(select(null, null, null, null)).containsExactly(this.phone, this.laptop, this.sensor);
	}

	@Test
	void selectWhenConditionsAreEmptyReturnsAll() {
		Recipients all = FakeConnections.recipients(List.of(this.phone, this.sensor));
		given(this.connections.all()).willReturn(all);
		assertThat(select("", "", "", "")).containsExactly(this.phone, this.sensor);
	}

	@Test
	void selectWhenServerIsGivenWalksServerOnly() {
		Recipients onServer = FakeConnections.recipients(List.of(this.phone));
		given(this.connections.server("echo")).willReturn(onServer);
		assertThat(select("echo", null, null, null)).containsExactly(this.phone);
		then(this.connections).should(only()).server("echo");
	}

	@Test
	void selectWhenGroupIsGivenWalksGroupOnly() {
		Recipients group = FakeConnections.recipients(List.of(this.phone, this.sensor));
		given(this.connections.group("vip")).willReturn(group);
		given(this.sensor.server()).willReturn("devices");
		assertThat(select("echo", null, "vip", null)).containsExactly(this.phone);
		then(this.connections).should(only()).group("vip");
	}

	@Test
	void selectWhenUserIsGivenWalksUserOnly() {
		aliceIsConnected();
		assertThat(select(null, "alice", null, null)).containsExactly(this.phone, this.laptop);
		then(this.connections).should(only()).user("alice");
	}

	@Test
	void selectWhenUserAndGroupAreGivenReturnsIntersection() {
		aliceIsConnected();
		assertThat(select(null, "alice", "vip", null)).containsExactly(this.phone);
		then(this.connections).should(only()).user("alice");
	}

	@Test
	void selectWhenAllConditionsAreGivenReturnsIntersection() {
		aliceIsConnected();
		assertThat(select("echo", "alice", "vip", "192.0.2.7")).containsExactly(this.phone);
		assertThat(select("devices", "alice", "vip", "192.0.2.7")).isEmpty();
		assertThat(select("echo", "alice", "vip", "192.0.2.8")).isEmpty();
	}

	@Test
	void selectWhenAddressIsGivenComparesRemoteAddress() {
		Recipients all = FakeConnections.recipients(List.of(this.phone, this.laptop));
		given(this.connections.all()).willReturn(all);
		given(this.laptop.remoteAddress()).willReturn(new InetSocketAddress("192.0.2.7", 40002));
		assertThat(select(null, null, null, "192.0.2.7")).containsExactly(this.phone, this.laptop);
		assertThat(select(null, null, null, "192.0.2.7:40002")).containsExactly(this.laptop);
	}

	@Test
	void countWhenThereIsOneConditionAsksForCountOnly() {
		aliceIsConnected();
		ConnectionFilter filter = new ConnectionFilter(null, "alice", null, null);
		assertThat(filter.isCounted()).isTrue();
		assertThat(filter.count(this.connections)).isEqualTo(2);
		Recipients alice = this.connections.user("alice");
		then(alice).should(never()).stream();
	}

	@Test
	void countWhenThereAreMoreConditionsCountsThoseThatMeetAll() {
		aliceIsConnected();
		ConnectionFilter filter = new ConnectionFilter(null, "alice", "vip", null);
		assertThat(filter.isCounted()).isFalse();
		assertThat(filter.count(this.connections)).isEqualTo(1);
		assertThat(new ConnectionFilter(null, null, null, "192.0.2.7").isCounted()).isFalse();
	}

	private void aliceIsConnected() {
		Recipients alice = FakeConnections.recipients(List.of(this.phone, this.laptop));
		given(this.connections.user("alice")).willReturn(alice);
	}

	private List<SocketConnection> select(@Nullable String server, @Nullable String user, @Nullable String group,
			@Nullable String address) {
		return new ConnectionFilter(server, user, group, address).select(this.connections).toList();
	}

}
