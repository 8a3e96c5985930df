package dev.holdfast.cluster.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import dev.holdfast.cluster.Audience;
import dev.holdfast.cluster.TestNode;
import dev.holdfast.connection.Connections;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes with as many connections each as the system property
 * {@code holdfast.test.cluster-connections} says.
 */
class ClusterLoadTests {

	private static final int CONNECTIONS = Integer.getInteger("holdfast.test.cluster-connections", 100);

	private static final int MESSAGES = 20;

	@Test
	void messagesWhenSentToManyReachEachConnectionOnceInOrder() throws Exception {
		List<TestNode> nodes = new ArrayList<>();
		List<List<Audience.Client>> clients = new ArrayList<>();
		try (RedisProcess redis = new RedisProcess(); Audience audience = new Audience()) {
			for (int i = 0; i < 3; i++) {
				TestNode node = TestNode.start("node-" + i, RedisOutageTests::connect, redis.properties());
				nodes.add(node);
				clients.add(audience.connect(node.port("line"), CONNECTIONS, "join room",
						(i < 2) ? "user alice" : "user bob"));
			}
			soon().untilAsserted(() -> nodes.forEach((node) -> {
				Connections connections = node.connections();
				assertThat(connections.all().clusterCount().block().count()).isEqualTo(3L * CONNECTIONS);
				assertThat(connections.group("room").clusterCount().block().count()).isEqualTo(3L * CONNECTIONS);
				assertThat(connections.user("alice").clusterCount().block().count()).isEqualTo(2L * CONNECTIONS);
			}));
			send(nodes, clients);
		}
		finally {
			nodes.forEach(TestNode::close);
		}
	}

	private static void send(List<TestNode> nodes, List<List<Audience.Client>> clients) {
		String excepted = nodes.get(1).connections().all().stream().findFirst().orElseThrow().id();
		Connections sender = nodes.get(0).connections();
		List<String> toAlice = new ArrayList<>();
		List<String> toBob = new ArrayList<>();
		List<String> toExcepted = new ArrayList<>();
		for (int i = 0; i < MESSAGES; i++) {
			sender.user("alice").send("alice " + i);
			sender.group("room").except(excepted).send("room " + i);
			sender.all().send("all " + i);
			Collections.addAll(toAlice, "alice " + i, "room " + i, "all " + i);
			Collections.addAll(toBob, "room " + i, "all " + i);
			Collections.addAll(toExcepted, "alice " + i, "all " + i);
		}
		List<List<String>> received = new ArrayList<>();
		soon().untilAsserted(() -> {
			received.clear();
			clients.subList(0, 2).stream().flatMap(List::stream).map(Audience.Client::lines).forEach(received::add);
			assertThat(received.stream().filter(toAlice::equals).count()).isEqualTo(2L * CONNECTIONS - 1);
			assertThat(received).contains(toExcepted);
			assertThat(clients.get(2)).allMatch((client) -> client.lines().equals(toBob));
		});
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofMinutes(1));
	}

}
