package dev.holdfast.cluster.redis;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.TestNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node sees of another whose process is killed. With the system property
 * {@code holdfast.test.production-times} both have the times of production.
 */
class KilledNodeTests {

	private static final Log logger = LogFactory.getLog(KilledNodeTests.class);

	private static final boolean PRODUCTION = Boolean.getBoolean("holdfast.test.production-times");

	private static final Duration COUNTS = Duration.ofSeconds(PRODUCTION ? 10 : 30);

	private static final Duration PRESENCE = Duration.ofSeconds(60);

	private static ClusterSettings settings(String id, boolean production) {
		return production ? new ClusterSettings(id, "test:", 1024 * 1024) : TestNode.settings(id);
	}

	static TestNode start(String id, boolean production, int port) {
		return TestNode.start(id, settings(id, production), RedisOutageTests::connect,
				"spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + port);
	}

	private static ConditionFactory within(Duration most) {
		return Awaitility.await().atMost(most).pollInterval(Duration.ofMillis(50));
	}

	@Test
	void nodeWhenKilledHardLeavesCountsAndPresence() throws Exception {
		try (RedisProcess redis = new RedisProcess(); TestNode node = start("node", PRODUCTION, redis.port())) {
			Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx256m",
					"-cp", System.getProperty("java.class.path"), KilledNode.class.getName(),
					String.valueOf(redis.port()), String.valueOf(PRODUCTION))
				.inheritIO()
				.start();
			try {
				within(Duration.ofSeconds(60))
					.until(() -> node.connections().group("room").clusterCount().block().count() == 1);
				within(COUNTS).until(() -> node.connections().all().clusterCount().block().count() == 1);
			}
			finally {
				process.destroyForcibly().waitFor();
			}
			assertLeaves(redis, node);
		}
	}

	private static void assertLeaves(RedisProcess redis, TestNode node) {
		long killed = System.nanoTime();
		within(COUNTS).until(() -> node.connections().all().clusterCount().block().count() == 0
				&& node.connections().group("room").clusterCount().block().count() == 0);
		Duration counts = Duration.ofNanos(System.nanoTime() - killed);
		assertThat(node.view().missing()).containsExactly("killed");
		within(PRESENCE.minus(counts))
			.until(() -> redis.call((commands) -> commands.exists("test:presence:killed")) == 0);
		Duration presence = Duration.ofNanos(System.nanoTime() - killed);
		logger.info("The killed node left the counts after %d ms and presence after %d ms".formatted(counts.toMillis(),
				presence.toMillis()));
		within(PRESENCE).until(() -> node.view().missing().isEmpty());
	}

}
