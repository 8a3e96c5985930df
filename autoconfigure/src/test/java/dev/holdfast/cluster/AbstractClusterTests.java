package dev.holdfast.cluster;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.support.GenericApplicationContext;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ClusterCount;
import dev.holdfast.connection.Recipients;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.connection.WebSocketMessage;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a cluster of three nodes does over any transport. Each node has four clients:
 * alice, bob, and two without a user, of which one is in the group {@code room}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AbstractClusterTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final int NODES = 3;

	protected final List<TestNode> nodes = new ArrayList<>();

	protected final List<List<Audience.Client>> clients = new ArrayList<>();

	protected Audience audience;

	@BeforeAll
	void startNodes() {
		for (int i = 0; i < NODES; i++) {
			this.nodes.add(start("node-" + i));
		}
		awaitMembers(NODES);
	}

	@BeforeEach
	void connect() throws IOException {
		this.audience = new Audience();
		for (TestNode node : this.nodes) {
			List<Audience.Client> clients = new ArrayList<>();
			clients.addAll(this.audience.connect(node.port("line"), 1, "user alice", "join room"));
			clients.addAll(this.audience.connect(node.port("line"), 1, "user bob"));
			clients.addAll(this.audience.connect(node.port("line"), 1, "join room"));
			clients.addAll(this.audience.connect(node.port("line"), 1));
			this.clients.add(clients);
		}
		settle();
	}

	@AfterEach
	void disconnect() throws IOException {
		this.audience.close();
		this.clients.clear();
		soon().until(() -> this.nodes.stream().allMatch((node) -> node.connections().count() == 0));
	}

	@AfterAll
	void stopNodes() {
		this.nodes.forEach(TestNode::close);
		closeTransport();
	}

	/**
	 * Close what the nodes shared.
	 */
	protected abstract void closeTransport();

	/**
	 * Register what connects a node with the others.
	 * @param context the context of the node
	 */
	protected abstract void connect(GenericApplicationContext context);

	protected static ConditionFactory soon() {
		return Awaitility.await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
	}

	protected final TestNode start(String id) {
		return TestNode.start(id, this::connect, properties());
	}

	/**
	 * Return properties of each node.
	 * @return the properties
	 */
	protected String[] properties() {
		return new String[0];
	}

	protected final TestNode node(int index) {
		return this.nodes.get(index);
	}

	protected final void awaitMembers(int count) {
		soon().untilAsserted(() -> this.nodes.forEach((node) -> {
			assertThat(node.view().connected()).isTrue();
			assertThat(node.view().nodes()).hasSize(count);
		}));
	}

	/**
	 * Wait until every client receives what each node sends to users, groups and all.
	 */
	protected final void settle() {
		soon().untilAsserted(() -> {
			assertThat(count((node) -> node.connections().user("alice"))).containsOnly(3L);
			assertThat(count((node) -> node.connections().group("room"))).containsOnly(6L);
			assertThat(count((node) -> node.connections().all())).containsOnly(12L);
		});
		Set<Audience.Client> pending = new HashSet<>(all());
		soon().until(() -> {
			this.nodes.forEach((node) -> {
				node.connections().group("room").send("probe " + node.view().nodeId());
				node.connections().user("bob").send("probe " + node.view().nodeId());
			});
			pending.removeIf((client) -> new HashSet<>(client.lines()).size() == NODES);
			return pending.size() == NODES;
		});
		flush();
	}

	/**
	 * Let everything that is under way arrive, and forget it.
	 */
	protected final void flush() {
		for (TestNode node : this.nodes) {
			String end = "flush " + node.view().nodeId() + System.nanoTime();
			node.connections().all().send(end);
			soon().until(() -> all().stream().allMatch((client) -> client.lines().contains(end)));
		}
		all().forEach(Audience.Client::forget);
	}

	private List<Long> count(Function<TestNode, Recipients> recipients) {
		return this.nodes.stream()
			.map((node) -> recipients.apply(node).clusterCount().block())
			.map(ClusterCount::count)
			.toList();
	}

	protected final List<Audience.Client> all() {
		return this.clients.stream().flatMap(List::stream).toList();
	}

	/**
	 * Check who received something, exactly once.
	 * @param line what was sent
	 * @param receivers which of the clients of each node, or none
	 */
	private void assertReceived(String line, List<List<Integer>> receivers) {
		Set<Audience.Client> expected = new HashSet<>();
		for (int node = 0; node < NODES; node++) {
			for (int client : receivers.get(node)) {
				expected.add(this.clients.get(node).get(client));
			}
		}
		soon().until(() -> expected.stream().allMatch((client) -> client.lines().contains(line)));
		List<String> before = List.of(line);
		this.nodes.forEach((node) -> node.connections().all().send("end"));
		soon().until(() -> all().stream()
			.allMatch((client) -> client.lines().stream().filter("end"::equals).count() == NODES));
		for (Audience.Client client : all()) {
			assertThat(client.lines().stream().filter((received) -> !"end".equals(received)).toList())
				.isEqualTo(expected.contains(client) ? before : List.of());
		}
		all().forEach(Audience.Client::forget);
	}

	private void assertReceived(String line, Integer... receivers) {
		List<Integer> each = List.of(receivers);
		assertReceived(line, List.of(each, each, each));
	}

	@Test
	void allWhenSentReachesEachNodeOnce() {
		assertThat(node(0).connections().all().send("hello")).isEqualTo(4);
		assertReceived("hello", 0, 1, 2, 3);
	}

	@Test
	void serverWhenSentReachesItsConnectionsOnEachNode() {
		assertThat(node(1).connections().server("line").send("hello")).isEqualTo(4);
		assertThat(node(1).connections().server("ws").send("nobody")).isZero();
		assertReceived("hello", 0, 1, 2, 3);
	}

	@Test
	void userWhenSentReachesHerOnEachNode() {
		assertThat(node(2).connections().user("alice").send("hello")).isOne();
		assertReceived("hello", 0);
	}

	@Test
	void usersWhenSentReachEachConnectionOnce() {
		assertThat(node(0).connections().users(List.of("alice", "bob", "alice", "nobody")).send("hello")).isEqualTo(2);
		assertReceived("hello", 0, 1);
	}

	@Test
	void usersWhenManyReachEachConnectionOnce() {
		List<String> users = Stream
			.concat(Stream.of("bob", "alice"), IntStream.range(0, 50).mapToObj((i) -> "user" + i))
			.toList();
		assertThat(node(0).connections().users(users).send("hello")).isEqualTo(2);
		assertReceived("hello", 0, 1);
	}

	@Test
	void groupWhenSentExceptConnectionOfThisNodeLeavesItOut() {
		SocketConnection alice = node(0).connections().user("alice").stream().findFirst().orElseThrow();
		assertThat(node(0).connections().group("room").except(alice).send("hello")).isOne();
		assertReceived("hello", List.of(List.of(2), List.of(0, 2), List.of(0, 2)));
	}

	@Test
	void groupWhenSentExceptConnectionOfOtherNodeLeavesItOut() {
		String alice = node(1).connections().user("alice").stream().findFirst().orElseThrow().id();
		assertThat(node(0).connections().group("room").except(alice).send("hello")).isEqualTo(2);
		assertReceived("hello", List.of(List.of(0, 2), List.of(2), List.of(0, 2)));
	}

	@Test
	void connectionWhenOnOtherNodeIsReachedById() {
		String bob = node(2).connections().user("bob").stream().findFirst().orElseThrow().id();
		assertThat(node(0).connections().connection(bob).send("hello")).isZero();
		assertReceived("hello", List.of(List.of(), List.of(), List.of(1)));
		assertThat(node(0).connections().connection(bob).clusterCount().block().count()).isOne();
		assertThat(node(0).connections().connection("node-2-0-99-99").clusterCount().block().count()).isZero();
		assertThat(node(0).connections().connection("nonsense").send("nobody")).isZero();
	}

	@Test
	void senderWhenSendingToDifferentRecipientsKeepsOrder() {
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			Recipients recipients = switch (i % 4) {
				case 0 -> node(0).connections().user("alice");
				case 1 -> node(0).connections().group("room");
				case 2 -> node(0).connections().all();
				default -> node(0).connections().users(List.of("alice", "bob"));
			};
			recipients.send("line " + i);
			expected.add("line " + i);
		}
		for (List<Audience.Client> clients : this.clients) {
			soon().until(() -> clients.get(0).lines().size() >= expected.size());
			assertThat(clients.get(0).lines()).isEqualTo(expected);
		}
	}

	@Test
	void messagesWhenOfAnyKindAreFramedByEachServer() {
		node(0).connections().user("alice").send("grüß dich");
		assertReceived("grüß dich", 0);
		node(0).connections().user("alice").send("bytes".getBytes());
		assertReceived("bytes", 0);
		ByteBuf buffer = Unpooled.copiedBuffer("buffer".getBytes());
		node(0).connections().user("alice").send(buffer);
		assertThat(buffer.refCnt()).isZero();
		assertReceived("buffer", 0);
		node(0).connections().user("alice").send(Map.of("name", "json"));
		assertReceived("{\"name\":\"json\"}", 0);
		node(0).connections().user("alice").send(WebSocketMessage.binary("chosen"));
		assertReceived("chosen", 0);
	}

	@Test
	void webSocketWhenOnOtherNodeGetsTextAndBinary() {
		try (SocketTestClient client = SocketTestClient.to(node(1).port("ws")).webSocket("/").connect()) {
			soon().until(() -> node(0).connections().server("ws").clusterCount().block().count() == 1);
			Recipients recipients = node(0).connections().server("ws");
			recipients.send("text");
			recipients.send("bytes".getBytes());
			recipients.send(Map.of("a", 1));
			recipients.send(WebSocketMessage.binary("binary"));
			client.expect("text");
			assertThat(client.receiveBytes()).asString().isEqualTo("bytes");
			client.expect("{\"a\":1}");
			assertThat(client.receiveBytes()).asString().isEqualTo("binary");
		}
	}

	@Test
	void sendWhenTooLargeThrowsExceptionAndSendsNothing() {
		ByteBuf buffer = Unpooled.wrappedBuffer(new byte[1024 * 1024 + 1]);
		assertThatIllegalArgumentException().isThrownBy(() -> node(0).connections().user("alice").send(buffer))
			.withMessageContaining("1048577 bytes is too large for the cluster");
		assertThat(buffer.refCnt()).isZero();
		node(0).connections().user("alice").send("hello");
		assertReceived("hello", 0);
	}

	@Test
	void recipientsWhenJoinedAndLeftChangeOnEachNode() {
		assertThat(node(0).connections().user("bob").join("vip")).isOne();
		soon().untilAsserted(() -> assertThat(count((node) -> node.connections().group("vip"))).containsOnly(3L));
		assertThat(node(2).connections().group("vip").count()).isOne();
		assertThat(node(1).connections().user("bob").leave("vip")).isOne();
		soon().untilAsserted(() -> assertThat(count((node) -> node.connections().group("vip"))).containsOnly(0L));
		assertThat(node(2).connections().group("vip").count()).isZero();
	}

	@Test
	void userWhenClosedIsClosedOnEachNode() {
		assertThat(node(0).connections().user("bob").close(CloseReason.KICKED)).isOne();
		soon().until(() -> this.clients.stream().allMatch((clients) -> clients.get(1).isClosed()));
		soon().untilAsserted(() -> assertThat(count((node) -> node.connections().all())).containsOnly(9L));
		assertThat(this.clients.get(1).get(0).isClosed()).isFalse();
	}

	@Test
	void connectionWhenOnOtherNodeIsClosedById() {
		String bob = node(2).connections().user("bob").stream().findFirst().orElseThrow().id();
		assertThat(node(0).connections().connection(bob).close(CloseReason.KICKED)).isZero();
		soon().until(this.clients.get(2).get(1)::isClosed);
		assertThat(this.clients.get(1).get(1).isClosed()).isFalse();
	}

	@Test
	void clusterCountWhenAskedCoversEachKindOfRecipients() {
		assertThat(count((node) -> node.connections().server("line"))).containsOnly(12L);
		assertThat(count((node) -> node.connections().server("unknown"))).containsOnly(0L);
		assertThat(count((node) -> node.connections().users(List.of("alice", "bob")))).containsOnly(6L);
		String alice = node(1).connections().user("alice").stream().findFirst().orElseThrow().id();
		assertThat(count((node) -> node.connections().group("room").except(alice))).containsOnly(5L);
		assertThat(count((node) -> node.connections().user("bob").except(alice))).containsOnly(3L);
		ClusterCount count = node(0).connections().group("room").clusterCount().block();
		assertThat(count.missing()).isEmpty();
		assertThat(count.asOf()).isBetween(Instant.now().minusSeconds(10), Instant.now());
	}

	@Test
	void viewWhenAllReportHasEachNode() {
		soon().untilAsserted(() -> this.nodes.forEach((node) -> {
			ClusterView view = node.view();
			assertThat(view.nodes()).containsOnlyKeys("node-0", "node-1", "node-2");
			assertThat(view.missing()).isEmpty();
			assertThat(view.connections()).isEqualTo(12);
			assertThat(view.subscriptions()).isGreaterThanOrEqualTo(3);
		}));
	}

	@Test
	void nodeWhenStoppedLeavesAtOnce() throws IOException {
		try (TestNode guest = start("guest"); Audience others = new Audience()) {
			others.connect(guest.port("line"), 2, "join room");
			soon().untilAsserted(() -> assertThat(count((node) -> node.connections().group("room"))).containsOnly(8L));
			others.close();
			guest.close();
			soon().untilAsserted(() -> {
				assertThat(node(0).view().nodes()).containsOnlyKeys("node-0", "node-1", "node-2");
				assertThat(node(0).view().missing()).isEmpty();
				assertThat(count((node) -> node.connections().group("room"))).containsOnly(6L);
			});
		}
	}

	@Test
	void applicationWithoutServersWhenSendingReachesTheCluster() {
		try (TestNode pusher = TestNode.startWithoutServers("pusher", this::connect, properties())) {
			soon().until(() -> pusher.view().nodes().size() == NODES + 1);
			assertThat(pusher.connections().user("alice").send("hello")).isZero();
			assertReceived("hello", 0);
			assertThat(pusher.connections().all().clusterCount().block().count()).isEqualTo(12);
			assertThat(pusher.connections().group("room").clusterCount().block().count()).isEqualTo(6);
		}
	}

}
