package dev.holdfast.cluster.redis;

import java.time.Duration;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.holdfast.cluster.Audience;
import dev.holdfast.cluster.TestNode;

/**
 * Tests that nodes reach Redis as Spring Boot's properties say.
 */
class RedisConnectionTests {

	@Test
	void passwordWhenRequiredIsTakenFromSpringBoot() throws Exception {
		try (RedisProcess redis = new RedisProcess("--requirepass", "secret")) {
			assertReaches("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redis.port(),
					"spring.data.redis.password=secret");
		}
	}

	@Test
	void redisClusterWhenConfiguredCarriesPackets() throws Exception {
		try (RedisProcess redis = new RedisProcess("--cluster-enabled", "yes", "--cluster-config-file",
				"holdfast-nodes-" + System.nanoTime() + ".conf")) {
			redis.call((commands) -> commands.clusterAddSlots(IntStream.range(0, 16384).toArray()));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> redis.call((commands) -> commands.clusterInfo()).contains("cluster_state:ok"));
			assertReaches("spring.data.redis.cluster.nodes=127.0.0.1:" + redis.port());
		}
	}

	private static void assertReaches(String... properties) throws Exception {
		try (TestNode first = TestNode.start("first", RedisOutageTests::connect, properties);
				TestNode second = TestNode.start("second", RedisOutageTests::connect, properties);
				Audience audience = new Audience()) {
			Audience.Client client = audience.connect(second.port("line"), 1, "join room").get(0);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
				first.connections().group("room").send("hello");
				return client.lines().contains("hello");
			});
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> first.connections().group("room").clusterCount().block().count() == 1);
		}
	}

}
