package dev.holdfast.cluster.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.lettuce.core.KillArgs;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;

import dev.holdfast.actuate.SocketsHealthIndicator;
import dev.holdfast.cluster.Audience;
import dev.holdfast.cluster.TestNode;
import dev.holdfast.server.SocketServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What two nodes do while Redis is away, and after it is back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisOutageTests {

	private static final String LIMIT = "client-output-buffer-limit";

	private static final Duration LONG = Duration.ofSeconds(10);

	private final RedisProcess redis = new RedisProcess();

	private final List<TestNode> nodes = new ArrayList<>();

	private final List<Audience.Client> clients = new ArrayList<>();

	private Audience audience;

	RedisOutageTests() throws IOException {
	}

	@BeforeAll
	void startNodes() {
		for (int i = 0; i < 2; i++) {
			this.nodes.add(TestNode.start("node-" + i, RedisOutageTests::connect, "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + this.redis.port(), "holdfast.servers.line.max-frame-length=2MB"));
		}
	}

	@BeforeEach
	void connectClients() throws IOException {
		this.audience = new Audience();
		for (TestNode node : this.nodes) {
			this.clients.addAll(this.audience.connect(node.port("line"), 1, "join room"));
		}
		awaitDelivery();
	}

	@AfterEach
	void disconnectClients() throws IOException {
		this.audience.close();
		this.clients.clear();
		soon().until(() -> this.nodes.stream().allMatch((node) -> node.connections().count() == 0));
	}

	@AfterAll
	void stopNodes() throws Exception {
		this.nodes.forEach(TestNode::close);
		this.redis.close();
	}

	static void connect(GenericApplicationContext context) {
		new AnnotatedBeanDefinitionReader(context).register(DataRedisAutoConfiguration.class);
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

	/**
	 * Wait until each node reaches the client of the other and both count both.
	 */
	private void awaitDelivery() {
		for (int i = 0; i < 2; i++) {
			int sender = i;
			String line = "probe " + System.nanoTime();
			soon().until(() -> {
				this.nodes.get(sender).connections().group("room").send(line);
				return this.clients.get(1 - sender).lines().contains(line);
			});
		}
		soon().untilAsserted(() -> this.nodes.forEach((node) -> {
			assertThat(node.connections().group("room").clusterCount().block().count()).isEqualTo(2);
			assertThat(node.connections().all().clusterCount().block().count()).isEqualTo(2);
			assertThat(node.view().missing()).isEmpty();
		}));
	}

	private Health health(int node) {
		return new SocketsHealthIndicator(this.nodes.get(node).bean(SocketServers.class),
				this.nodes.get(node).cluster())
			.health();
	}

	private void assertServesItsOwn() {
		String line = "local " + System.nanoTime();
		assertThat(this.nodes.get(0).connections().group("room").send(line)).isOne();
		soon().until(() -> this.clients.get(0).lines().contains(line));
		assertThat(this.clients.get(1).lines()).doesNotContain(line);
	}

	@Test
	void redisWhenKilledAndRestartedEmptyIsUsedAgain() throws Exception {
		this.redis.kill();
		soon().until(() -> !this.nodes.get(0).view().connected());
		assertServesItsOwn();
		soon().until(() -> this.nodes.get(0).view().statistics().failed() > 0);
		assertThat(health(0).getStatus()).isEqualTo(Status.UP);
		assertThat(health(0).getDetails()).containsEntry("cluster", "DISCONNECTED");
		this.redis.start();
		awaitDelivery();
		assertThat(health(0).getDetails()).containsEntry("cluster", "CONNECTED");
	}

	@Test
	void redisWhenHaltedForLongIsGivenUpAndUsedAgain() throws Exception {
		try (Counting counting = new Counting(this.nodes.get(0))) {
			soon().until(() -> !counted(1).isEmpty());
			long halted = System.nanoTime();
			this.redis.halt();
			assertServesItsOwn();
			soon().until(() -> !this.nodes.get(0).view().connected());
			assertServesItsOwn();
			long failed = this.nodes.get(0).view().statistics().failed();
			soon().until(() -> this.nodes.get(0).view().statistics().failed() > failed);
			soon().until(() -> System.nanoTime() - halted >= LONG.toNanos());
			this.redis.resume();
			awaitDelivery();
			int last = counting.sent();
			soon().until(() -> counted(1).stream().anyMatch((number) -> number > last));
		}
		assertThat(counted(1)).isSorted().doesNotHaveDuplicates();
		assertThat(counted(0)).hasSizeGreaterThan(counted(1).size()).isSorted().doesNotHaveDuplicates();
	}

	private List<Integer> counted(int client) {
		return this.clients.get(client)
			.lines()
			.stream()
			.filter((line) -> line.startsWith(Counting.PREFIX))
			.map((line) -> Integer.valueOf(line.substring(Counting.PREFIX.length())))
			.toList();
	}

	@Test
	void redisWhenItPausesBrieflyLosesNothing() {
		this.clients.get(1).forget();
		long disconnects = this.nodes.get(0).view().statistics().disconnects();
		this.redis.call((commands) -> commands.clientPause(1500));
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			expected.add("line " + i);
			this.nodes.get(0).connections().group("room").send("line " + i);
		}
		soon().until(() -> this.clients.get(1).lines().size() >= expected.size());
		assertThat(this.clients.get(1).lines()).isEqualTo(expected);
		assertThat(this.nodes.get(0).view().statistics().disconnects()).isEqualTo(disconnects);
	}

	@Test
	void subscriptionsWhenKilledAreMadeAnew() {
		List<Long> before = disconnects();
		long killed = this.redis.call((commands) -> commands.clientKill(KillArgs.Builder.typePubsub()));
		assertThat(killed).isPositive();
		soon().until(() -> disconnects().get(0) > before.get(0) && disconnects().get(1) > before.get(1));
		awaitDelivery();
	}

	private List<Long> disconnects() {
		return this.nodes.stream().map((node) -> node.view().statistics().disconnects()).toList();
	}

	@Test
	void outputBufferWhenOverflowingCostsTheSubscriptionOnly() {
		long before = disconnects().get(1);
		this.redis.call((commands) -> commands.configSet(LIMIT, "pubsub 512kb 0 0"));
		try {
			this.nodes.get(0).connections().group("room").send("x".repeat(900_000));
			soon().until(() -> disconnects().get(1) > before);
		}
		finally {
			this.redis.call((commands) -> commands.configSet(LIMIT, "pubsub 32mb 8mb 60"));
		}
		awaitDelivery();
		assertThat(this.nodes.get(1).connections().count()).isOne();
	}

	@Test
	void nodeWhenStartedWithoutRedisServesAndJoinsLater() throws Exception {
		this.redis.kill();
		try (TestNode late = TestNode.start("late", RedisOutageTests::connect, this.redis.properties())) {
			Audience.Client client = this.audience.connect(late.port("line"), 1, "join lobby").get(0);
			soon().until(() -> late.connections().group("lobby").send("hello") == 1);
			soon().until(() -> client.lines().contains("hello"));
			assertThat(late.view().connected()).isFalse();
			this.redis.start();
			soon().until(() -> late.view().nodes().size() == 3);
			soon().until(() -> {
				this.nodes.get(0).connections().group("lobby").send("welcome");
				return client.lines().contains("welcome");
			});
		}
	}

	/**
	 * Sends numbers to the group, one after another, until it is closed.
	 */
	private static final class Counting implements AutoCloseable {

		private static final String PREFIX = "number " + "-".repeat(200);

		private final TestNode node;

		private final Thread thread = new Thread(this::run, "counting");

		private volatile int sent;

		private volatile boolean closed;

		Counting(TestNode node) {
			this.node = node;
			this.thread.start();
		}

		private void run() {
			for (int i = 0; !this.closed; i++) {
				this.node.connections().group("room").send(PREFIX + i);
				this.sent = i;
				LockSupport.parkNanos(500_000);
			}
		}

		int sent() {
			return this.sent;
		}

		@Override
		public void close() throws InterruptedException {
			this.closed = true;
			this.thread.join();
		}

	}

}
