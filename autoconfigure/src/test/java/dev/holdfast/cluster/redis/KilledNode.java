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
		TestNode node = KilledNodeTests.start("killed", Boolean.parseBoolean(args[1]), Integer.parseInt(args[0]));
		new Audience().connect(node.port("line"), 1, "join room");
		Thread.sleep(Duration.ofMinutes(5).toMillis());
	}

}
