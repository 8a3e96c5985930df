package dev.holdfast.cluster.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lettuce.core.cluster.SlotHash;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import dev.holdfast.autoconfigure.PemFiles;
import dev.holdfast.cluster.Audience;
import dev.holdfast.cluster.TestNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nodes reach Redis as Spring Boot's properties say, and reach it again after
 * another server took over.
 */
class RedisConnectionTests {

	private static final int SLOTS = 16_384;

	private final List<RedisProcess> servers = new ArrayList<>();

	@AfterEach
	void stop() throws InterruptedException {
		for (RedisProcess server : this.servers) {
			server.close();
		}
	}

	private RedisProcess add(RedisProcess server) {
		this.servers.add(server);
		return server;
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
	}

	@Test
	void passwordWhenRequiredIsTakenFromSpringBoot() throws Exception {
		RedisProcess redis = add(new RedisProcess("--requirepass", "secret"));
		assertReaches("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redis.port(),
				"spring.data.redis.password=secret");
	}

	@Test
	void userWhenAllowedOnlyWhatTheGuideSaysIsEnough() throws Exception {
		RedisProcess redis = add(new RedisProcess());
		redis.acl("app", "on", ">secret", "+publish", "+subscribe", "+unsubscribe", "+ping", "+hset", "+hdel", "+hmget",
				"+pexpire", "+unlink", "&test:*", "~test:presence:*", "+hello", "+auth", "+client");
		assertReaches("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redis.port(),
				"spring.data.redis.username=app", "spring.data.redis.password=secret");
	}

	@Test
	void tlsWhenConfiguredIsUsed(@TempDir Path directory) throws Exception {
		Assumptions.assumeTrue(RedisProcess.hasTls(), "This Redis was built without TLS");
		PemFiles files = PemFiles.create(directory, "redis");
		Path certificate = Files.writeString(directory.resolve("redis.crt"), files.certificate());
		Path key = Files.writeString(directory.resolve("redis.key"), files.key());
		int port = RedisProcess.freePort();
		add(new RedisProcess("--tls-port", String.valueOf(port), "--tls-cert-file", certificate.toString(),
				"--tls-key-file", key.toString(), "--tls-ca-cert-file", certificate.toString(), "--tls-auth-clients",
				"no"));
		assertReaches("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + port,
				"spring.data.redis.ssl.bundle=redis",
				"spring.ssl.bundle.pem.redis.truststore.certificate=" + certificate.toUri());
	}

	@Test
	void sentinelWhenServerEndsLeadsToTheNextOne() throws Exception {
		RedisProcess primary = add(new RedisProcess());
		add(new RedisProcess("--replicaof", "127.0.0.1", String.valueOf(primary.port())));
		RedisProcess sentinel = add(RedisProcess.sentinel(primary));
		soon().until(() -> sentinel.call((commands) -> commands.info("sentinel")).contains("slaves=1"));
		soon().until(() -> primary.call((commands) -> commands.info("replication")).contains("state=online"));
		Action end = primary::kill;
		assertReaches(end, "spring.data.redis.sentinel.master=" + RedisProcess.WATCHED,
				"spring.data.redis.sentinel.nodes=127.0.0.1:" + sentinel.port());
	}

	@Test
	void redisClusterWhenConfiguredCarriesPackets() throws Exception {
		RedisProcess redis = add(RedisProcess.clustered());
		redis.call((commands) -> commands.clusterAddSlots(IntStream.range(0, SLOTS).toArray()));
		soon().until(() -> redis.call((commands) -> commands.clusterInfo()).contains("cluster_state:ok"));
		assertReaches("spring.data.redis.cluster.nodes=127.0.0.1:" + redis.port());
	}

	@Test
	void redisClusterWhenServerOfSubscriptionsEndsCarriesPacketsOverOthers() throws Exception {
		List<RedisProcess> primaries = formCluster(3);
		Action end = () -> {
			RedisProcess chosen = primaries.stream()
				.filter((server) -> isSubscribed(server, "test:node:second"))
				.findFirst()
				.orElseThrow();
			addReplica(chosen, primaries);
			chosen.kill();
		};
		assertReaches(end, "spring.data.redis.cluster.nodes="
				+ primaries.stream().map((server) -> "127.0.0.1:" + server.port()).collect(Collectors.joining(",")));
	}

	@Test
	void redisClusterWhenServerOfKeysEndsKeepsSubscriptions() throws Exception {
		List<RedisProcess> primaries = formCluster(3);
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisClusterConfiguration(List.of("127.0.0.1:" + primaries.get(0).port())));
		factory.afterPropertiesSet();
		RedisClusterTransport transport = new RedisClusterTransport(factory, "test:");
		RecordingReceiver receiver = new RecordingReceiver();
		try {
			transport.subscribe(List.of("test:a"));
			transport.start(receiver);
			soon().until(() -> receiver.connections() == 1);
			int index = isSubscribed(primaries.get(0), "test:a") ? 1 : 0;
			String key = keyAt(index, primaries.size());
			remember(transport, key).join();
			primaries.get(index).kill();
			for (int i = 0; i < 5; i++) {
				assertThat(remember(transport, key)).failsWithin(Duration.ofSeconds(20));
				transport.publish("test:a", new byte[] { 2, (byte) i }).toCompletableFuture().join();
			}
			soon().until(() -> receiver.packets().size() == 5);
			primaries.get(index).start();
			soon().until(() -> remember(transport, key).handle((existed, ex) -> ex == null).join());
			assertThat(receiver.reasons()).isEmpty();
		}
		finally {
			transport.stop();
		}
	}

	private static String keyAt(int server, int size) {
		return IntStream.range(0, SLOTS)
			.mapToObj((i) -> "test:presence:" + i)
			.filter((name) -> SlotHash.getSlot(name) * size / SLOTS == server)
			.findFirst()
			.orElseThrow();
	}

	private static CompletableFuture<Boolean> remember(RedisClusterTransport transport, String key) {
		return transport.remember(key, Map.of("u:alice", 1L), Duration.ofMinutes(1)).toCompletableFuture();
	}

	private List<RedisProcess> formCluster(int size) throws IOException {
		List<RedisProcess> primaries = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			RedisProcess server = add(RedisProcess.clustered());
			primaries.add(server);
			int epoch = i + 1;
			server.call((commands) -> commands.clusterSetConfigEpoch(epoch));
			int[] slots = IntStream.range(SLOTS * i / size, SLOTS * (i + 1) / size).toArray();
			server.call((commands) -> commands.clusterAddSlots(slots));
			server.call((commands) -> commands.clusterMeet("127.0.0.1", primaries.get(0).port()));
		}
		awaitInfo(primaries, (info) -> info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + size)
				&& info.contains("cluster_size:" + size));
		return primaries;
	}

	private void addReplica(RedisProcess primary, List<RedisProcess> all) throws IOException {
		RedisProcess replica = add(RedisProcess.clustered());
		replica.call((commands) -> commands.clusterMeet("127.0.0.1", primary.port()));
		String id = primary.call((commands) -> commands.clusterMyId());
		soon().until(() -> replica.call((commands) -> commands.clusterNodes()).contains(id));
		soon().ignoreExceptions().until(() -> "OK".equals(replica.call((commands) -> commands.clusterReplicate(id))));
		soon().until(() -> replica.call((commands) -> commands.info("replication")).contains("master_link_status:up"));
		awaitInfo(all, (info) -> info.contains("cluster_known_nodes:" + (all.size() + 1)));
	}

	private static void awaitInfo(List<RedisProcess> servers, Predicate<String> condition) {
		soon().until(() -> servers.stream()
			.allMatch((server) -> condition.test(server.call((commands) -> commands.clusterInfo()))));
	}

	private static boolean isSubscribed(RedisProcess server, String channel) {
		return server.call((commands) -> commands.pubsubChannels(channel)).contains(channel);
	}

	private static void assertReaches(String... properties) throws Exception {
		assertReaches(() -> {
		}, properties);
	}

	private static void assertReaches(Action action, String... properties) throws Exception {
		try (TestNode first = TestNode.start("first", RedisOutageTests::connect, properties);
				TestNode second = TestNode.start("second", RedisOutageTests::connect, properties);
				Audience audience = new Audience()) {
			Audience.Client client = audience.connect(second.port("line"), 1, "join room").get(0);
			awaitDelivery(first, client, "before");
			action.run();
			awaitDelivery(first, client, "after");
		}
	}

	private static void awaitDelivery(TestNode sender, Audience.Client client, String line) {
		soon().until(() -> {
			sender.connections().group("room").send(line);
			return client.lines().contains(line);
		});
		soon().until(() -> sender.connections().group("room").clusterCount().block().count() == 1);
	}

	/**
	 * What is done while nodes are connected.
	 */
	private interface Action {

		void run() throws Exception;

	}

}
