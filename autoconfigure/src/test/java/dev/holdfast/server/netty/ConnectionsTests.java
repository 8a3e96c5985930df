package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Connections found, grouped and addressed: three on one server and one on another.
 */
@ExtendWith(LeakDetection.class)
class ConnectionsTests {

	private final EchoController controller = new EchoController();

	private final NettyNode node = new NettyNode("my-node", 2, 0, Duration.ZERO);

	private final TestServer server = TestServer.with(this.controller).node(this.node).start();

	private final TestServer other = TestServer.with(this.controller).node(this.node).name("other").start();

	private final Connections connections = this.server.connections();

	private TestClient[] clients;

	private SocketConnection[] open;

	@BeforeEach
	void connect() throws Exception {
		this.clients = new TestClient[] { this.server.connect(), this.server.connect(), this.server.connect(),
				this.other.connect() };
		this.server.awaitOpen(4);
		this.open = new SocketConnection[4];
		for (int i = 0; i < 4; i++) {
			this.open[i] = this.server.connectionOf(this.clients[i]);
		}
	}

	@AfterEach
	void close() throws Exception {
		this.server.close();
		this.other.close();
		this.node.destroy();
	}

	@Test
	void idWhenOpenIsUniqueAndFindsConnection() {
		assertThat(Set.of(this.open[0].id(), this.open[1].id(), this.open[2].id(), this.open[3].id())).hasSize(4);
		for (SocketConnection connection : this.open) {
			assertThat(connection.id()).startsWith("my-node-");
			assertThat(this.connections.find(connection.id())).containsSame(connection);
		}
	}

	@Test
	void findWhenIdIsForeignFindsNothing() {
		String id = this.open[0].id();
		for (String foreign : List.of("", "-", "---", "x", "other" + id, id + "0", id + "-1", "my-node-99-0-1",
				"my-node-0-99999999999-1", "my-node-a-b-c", "my-node-0--1-1")) {
			assertThat(this.connections.find(foreign)).isEmpty();
			assertThat(this.connections.connection(foreign).send("x")).isZero();
		}
	}

	@Test
	void findWhenSlotIsReusedDoesNotFindOldId() throws Exception {
		String id = this.open[0].id();
		this.clients[0].close();
		this.server.awaitClosed(CloseReason.CLIENT);
		assertThat(this.connections.find(id)).isEmpty();
		this.server.connect();
		this.server.connect();
		this.server.awaitOpen(5);
		assertThat(this.connections.find(id)).isEmpty();
		String slot = id.substring(0, id.lastIndexOf('-') + 1);
		assertThat(this.connections.find(slot + 2)).get().extracting(SocketConnection::isOpen).isEqualTo(true);
	}

	@Test
	void allWhenSentReachesEveryServer() throws Exception {
		assertThat(this.connections.all().count()).isEqualTo(4);
		assertThat(this.connections.all().send("hi")).isEqualTo(4);
		assertReceived("hi", 0, 1, 2, 3);
	}

	@Test
	void serverWhenSentReachesItsConnectionsOnly() throws Exception {
		Recipients recipients = this.connections.server("other");
		assertThat(recipients.count()).isOne();
		assertThat(recipients.send("hi")).isOne();
		assertReceived("hi", 3);
		assertThat(this.connections.server("unknown").send("hi")).isZero();
	}

	@Test
	void exceptWhenByConnectionOrIdLeavesItOut() throws Exception {
		Recipients recipients = this.connections.all().except(this.open[0]).except(this.open[2].id());
		assertThat(recipients.count()).isEqualTo(2);
		assertThat(recipients.stream()).containsExactlyInAnyOrder(this.open[1], this.open[3]);
		assertThat(recipients.send("hi")).isEqualTo(2);
		assertReceived("hi", 1, 3);
	}

	@Test
	void streamWhenOffsetIsGivenPassesTheFirstBy() {
		for (Recipients recipients : List.of(this.connections.all(), this.connections.server("echo"),
				this.connections.all().except(this.open[0]), this.connections.users(List.of("nobody")))) {
			List<SocketConnection> all = recipients.stream().toList();
			for (int offset = 0; offset <= all.size(); offset++) {
				assertThat(recipients.stream(offset)).containsExactlyElementsOf(all.subList(offset, all.size()));
			}
			assertThat(recipients.stream(Long.MAX_VALUE)).isEmpty();
		}
	}

	@Test
	void streamWhenOffsetIsNegativeThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.connections.all().stream(-1))
			.withMessage("'offset' must not be negative");
	}

	@Test
	void usersWhenBoundAreReachedOncePerConnection() throws Exception {
		assertThat(this.open[0].bindUser("alice")).isTrue();
		assertThat(this.open[3].bindUser("alice")).isTrue();
		assertThat(this.open[1].bindUser("bob")).isTrue();
		assertThat(this.connections.users()).containsExactlyInAnyOrder("alice", "bob");
		assertThat(this.connections.user("alice").count()).isEqualTo(2);
		assertThat(this.connections.user("alice").send("a")).isEqualTo(2);
		assertReceived("a", 0, 3);
		assertThat(this.connections.users(List.of("bob", "alice", "bob", "nobody")).count()).isEqualTo(3);
		assertThat(this.connections.users(List.of("bob", "alice", "bob", "nobody")).send("b")).isEqualTo(3);
		assertReceived("b", 0, 1, 3);
	}

	@Test
	void bindUserWhenBoundAlreadyMovesConnection() {
		assertThat(this.open[0].bindUser("alice")).isTrue();
		assertThat(this.open[0].bindUser("alice")).isFalse();
		assertThat(this.open[0].bindUser("bob")).isTrue();
		assertThat(this.open[0].user()).contains("bob");
		assertThat(this.connections.users()).containsExactly("bob");
		assertThat(this.open[0].unbindUser()).isTrue();
		assertThat(this.open[0].unbindUser()).isFalse();
		assertThat(this.open[0].user()).isEmpty();
		assertThat(this.connections.users()).isEmpty();
		assertThat(this.connections.user("bob").count()).isZero();
	}

	@Test
	void groupWhenJoinedAndLeftHoldsMembers() throws Exception {
		assertThat(this.open[0].join("room")).isTrue();
		assertThat(this.open[0].join("room")).isFalse();
		assertThat(this.open[0].join("lobby")).isTrue();
		assertThat(this.open[3].join("room")).isTrue();
		assertThat(this.open[0].groups()).containsExactlyInAnyOrder("room", "lobby");
		assertThat(this.connections.groups()).containsExactlyInAnyOrder("room", "lobby");
		assertThat(this.connections.group("room").except(this.open[3]).send("hi")).isOne();
		assertReceived("hi", 0);
		assertThat(this.open[0].leave("room")).isTrue();
		assertThat(this.open[0].leave("room")).isFalse();
		assertThat(this.connections.group("room").stream()).containsExactly(this.open[3]);
		assertThat(this.open[3].leave("room")).isTrue();
		assertThat(this.connections.groups()).containsExactly("lobby");
	}

	@Test
	void recipientsWhenJoinedAndLeftChangeAll() {
		this.open[0].bindUser("alice");
		this.open[1].bindUser("alice");
		this.open[1].join("vip");
		assertThat(this.connections.user("alice").join("vip")).isOne();
		assertThat(this.connections.group("vip").count()).isEqualTo(2);
		assertThat(this.connections.group("vip").clusterCount().block()).extracting("count").isEqualTo(2L);
		assertThat(this.connections.user("alice").leave("vip")).isEqualTo(2);
		assertThat(this.connections.groups()).isEmpty();
	}

	@Test
	void recipientsWhenClosedLeaveNothingBehind() throws Exception {
		this.open[0].bindUser("alice");
		this.open[3].bindUser("alice");
		this.connections.all().join("room");
		assertThat(this.connections.user("alice").close(CloseReason.KICKED)).isEqualTo(2);
		assertThat(this.clients[0].readText()).isEmpty();
		assertThat(this.clients[3].readText()).isEmpty();
		assertThat(this.connections.count()).isEqualTo(2);
		assertThat(this.connections.users()).isEmpty();
		assertThat(this.connections.group("room").count()).isEqualTo(2);
		assertThat(this.open[0].groups()).containsExactly("room");
		assertThat(this.open[0].join("late")).isFalse();
		assertThat(this.open[0].leave("room")).isFalse();
		this.clients[0].close();
		this.clients[3].close();
		await().until(() -> this.controller.closed.size() == 2);
		assertThat(this.controller.closed).containsOnly(CloseReason.KICKED);
	}

	@Test
	void connectionWhenAddressedByIdIsReached() throws Exception {
		Recipients recipients = this.connections.connection(this.open[1].id());
		assertThat(recipients.count()).isOne();
		assertThat(recipients.send("hi")).isOne();
		assertReceived("hi", 1);
		assertThat(recipients.except(this.open[1]).send("hi")).isZero();
	}

	@Test
	void namesWhenEmptyOrTooLongThrowException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.open[0].join(""));
		assertThatIllegalArgumentException().isThrownBy(() -> this.open[0].bindUser(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> this.open[0].join("x".repeat(16 * 1024 + 1)));
		assertThat(this.open[0].join("x".repeat(16 * 1024))).isTrue();
		assertThat(this.open[0].bindUser("x".repeat(10_000))).isTrue();
		assertThat(this.connections.user("x".repeat(10_000)).count()).isOne();
	}

	@Test
	void joinWhenGroupsAreTooManyThrowsException() {
		for (int i = 0; i < Profile.MAX_GROUPS; i++) {
			this.open[0].join("group-" + i);
		}
		assertThatIllegalStateException().isThrownBy(() -> this.open[0].join("one more"))
			.withMessageContaining("10000 groups");
		assertThat(this.connections.groups()).doesNotContain("one more");
		assertThat(this.open[0].leave("group-0")).isTrue();
		assertThat(this.open[0].join("one more")).isTrue();
	}

	@Test
	void attributesWhenTooManyOrTooLongThrowException() {
		Map<String, Object> attributes = this.open[0].attributes();
		for (int i = 0; i < ConnectionAttributes.MAX_ATTRIBUTES; i++) {
			attributes.put("attribute-" + i, i);
		}
		assertThatIllegalStateException().isThrownBy(() -> attributes.put("one more", 1));
		assertThatIllegalStateException().isThrownBy(() -> attributes.putAll(Map.of("one more", 1)));
		assertThatIllegalStateException().isThrownBy(() -> attributes.putIfAbsent("one more", 1));
		assertThatIllegalStateException().isThrownBy(() -> attributes.computeIfAbsent("one more", (name) -> 1));
		assertThatIllegalStateException().isThrownBy(() -> attributes.compute("one more", (name, value) -> 1));
		assertThatIllegalStateException().isThrownBy(() -> attributes.merge("one more", 1, (one, two) -> two));
		assertThat(attributes.put("attribute-0", "changed")).isEqualTo(0);
		attributes.remove("attribute-1");
		assertThatIllegalArgumentException().isThrownBy(() -> attributes.put("x".repeat(16 * 1024 + 1), 1));
		assertThat(attributes.put("one more", 1)).isNull();
	}

	private void assertReceived(String message, int... receivers) throws Exception {
		this.connections.all().send("end");
		for (int i = 0; i < this.clients.length; i++) {
			int client = i;
			boolean receives = Arrays.stream(receivers).anyMatch((receiver) -> receiver == client);
			assertThat(this.clients[i].line()).isEqualTo(receives ? message : "end");
			assertThat(receives ? this.clients[i].line() : "end").isEqualTo("end");
		}
	}

}
