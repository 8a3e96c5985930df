package dev.holdfast.cluster.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.KillArgs;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
class RedisOutageTests {

	private final RedisProcess redis = new RedisProcess("--client-output-buffer-limit", "pubsub", "512kb", "0", "0");

	private final List<TestNode> nodes = new ArrayList<>();

	private final List<Audience.Client> clients = new ArrayList<>();

	private final Audience audience = new Audience();

	RedisOutageTests() throws IOException {
	}

	@BeforeEach
	void start() throws IOException {
		for (int i = 0; i < 2; i++) {
			TestNode node = TestNode.start("node-" + i, RedisOutageTests::connect, "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + this.redis.port(), "holdfast.servers.line.max-frame-length=2MB");
			this.nodes.add(node);
			this.clients.addAll(this.audience.connect(node.port("line"), 1, "join room"));
		}
		awaitDelivery();
	}

	static void connect(GenericApplicationContext context) {
		new AnnotatedBeanDefinitionReader(context).register(DataRedisAutoConfiguration.class);
	}

	@AfterEach
	void stop() throws Exception {
		this.audience.close();
		this.nodes.forEach(TestNode::close);
		this.redis.close();
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
	void redisWhenHaltedIsGivenUpAndUsedAgain() throws Exception {
		this.redis.halt();
		assertServesItsOwn();
		soon().until(() -> !this.nodes.get(0).view().connected());
		assertServesItsOwn();
		soon().until(() -> this.nodes.get(0).view().statistics().failed() > 0);
		this.redis.resume();
		awaitDelivery();
	}

	@Test
	void redisWhenItPausesBrieflyLosesNothing() {
		this.clients.get(1).forget();
		this.redis.call((commands) -> commands.clientPause(1500));
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			expected.add("line " + i);
			this.nodes.get(0).connections().group("room").send("line " + i);
		}
		soon().until(() -> this.clients.get(1).lines().size() >= expected.size());
		assertThat(this.clients.get(1).lines()).isEqualTo(expected);
		assertThat(this.nodes.get(0).view().statistics().disconnects()).isZero();
	}

	@Test
	void subscriptionsWhenKilledAreMadeAnew() {
		long killed = this.redis.call((commands) -> commands.clientKill(KillArgs.Builder.typePubsub()));
		assertThat(killed).isPositive();
		soon().until(() -> this.nodes.stream().allMatch((node) -> node.view().statistics().disconnects() > 0));
		awaitDelivery();
	}

	@Test
	void outputBufferWhenOverflowingCostsTheSubscriptionOnly() {
		this.nodes.get(0).connections().group("room").send("x".repeat(900_000));
		soon().until(() -> this.nodes.get(1).view().statistics().disconnects() > 0);
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

	@Test
	void nodeWhenKilledHardLeavesCountsAndPresence() throws Exception {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), KilledNode.class.getName(), String.valueOf(this.redis.port()))
			.inheritIO()
			.start();
		try {
			soon().until(() -> this.nodes.get(0).connections().group("room").clusterCount().block().count() == 3);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		soon().untilAsserted(() -> {
			assertThat(this.nodes.get(0).view().missing()).containsExactly("killed");
			assertThat(this.nodes.get(0).connections().group("room").clusterCount().block().count()).isEqualTo(2);
		});
		soon().until(() -> this.redis.call((commands) -> commands.exists("test:presence:killed")) == 0);
		soon().until(() -> this.nodes.get(0).view().missing().isEmpty());
	}

}
