package dev.holdfast.cluster.redis;

import java.time.Duration;

import dev.holdfast.cluster.Audience;
import dev.holdfast.cluster.TestNode;

/**
 * A node with one connection in a process of its own, which will be killed.
 */
public final class KilledNode {

	private KilledNode() {
	}

	public static void main(String[] args) throws Exception {
		TestNode node = TestNode.start("killed", RedisOutageTests::connect, "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + args[0]);
		new Audience().connect(node.port("line"), 1, "join room");
		Thread.sleep(Duration.ofMinutes(1).toMillis());
	}

}
