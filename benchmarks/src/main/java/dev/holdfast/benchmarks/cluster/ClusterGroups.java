package dev.holdfast.benchmarks.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * Program that measures what many groups with members on each of three nodes cost: time,
 * memory, and the time to subscribe to all of them again after Redis restarted empty.
 */
public final class ClusterGroups {

	private static final int NODES = 3;

	private static final int GROUPS_PER_CLIENT = 1000;

	private final int groups;

	private final Redis redis = new Redis();

	private final RedisCommands<String, String> admin;

	private final List<Node> nodes = new ArrayList<>();

	private ClusterGroups(int groups) throws Exception {
		this.groups = groups;
		Thread.sleep(1000);
		this.admin = RedisClient.create(RedisURI.create("127.0.0.1", this.redis.port())).connect().sync();
	}

	/**
	 * Measure.
	 * @param args the number of groups
	 */
	public static void main(String[] args) throws Exception {
		new ClusterGroups((args.length > 0) ? Integer.parseInt(args[0]) : 100_000).run();
		System.exit(0);
	}

	private void run() throws Exception {
		for (int i = 0; i < NODES; i++) {
			this.nodes.add(new Node("node-" + i, this.redis.port()));
		}
		Node.await(() -> this.nodes.stream().allMatch((node) -> node.cluster().nodeCount() == NODES));
		long redisBefore = redisMemory();
		long heapBefore = heap();
		long start = System.nanoTime();
		join();
		Node.await(this::isSubscribed);
		print("subscribed to %,d channels on %d nodes after %.1f s".formatted(this.groups, NODES, secondsSince(start)));
		Node.await(this::isAnnounced);
		print("counts of all groups in Redis after %.1f s".formatted(secondsSince(start)));
		print("Redis: %.0f B a subscription, counts included".formatted(perSubscription(redisMemory() - redisBefore)));
		print("node: %.0f B of heap a subscription, the membership of a client included"
			.formatted(perSubscription(heap() - heapBefore)));
		this.redis.restart();
		start = System.nanoTime();
		Node.await(this::isSubscribed);
		print("subscribed again %.1f s after Redis was restarted empty".formatted(secondsSince(start)));
		Node.await(this::isAnnounced);
		print("counts of all groups in Redis again after %.1f s".formatted(secondsSince(start)));
		this.redis.close();
	}

	private void join() throws Exception {
		for (int first = 0; first < this.groups; first += GROUPS_PER_CLIENT) {
			for (Node node : this.nodes) {
				new Receiver(node.port(), "group- " + first + " " + Math.min(first + GROUPS_PER_CLIENT, this.groups));
			}
		}
	}

	private boolean isSubscribed() {
		return this.nodes.stream().allMatch((node) -> node.cluster().isConnected())
				&& this.nodes.stream().allMatch((node) -> node.cluster().subscriptions() == this.groups)
				&& value("stats", "pubsub_channels") >= this.groups && isSubscribed("group-" + (this.groups - 1));
	}

	private boolean isSubscribed(String group) {
		return call((commands) -> commands.pubsubNumsub("holdfast:group:" + group)).values().iterator().next() == NODES;
	}

	private boolean isAnnounced() {
		return this.nodes.stream()
			.allMatch((node) -> call(
					(commands) -> commands.hlen("holdfast:presence:" + node.cluster().view().nodeId())) == this.groups);
	}

	private long redisMemory() {
		return value("memory", "used_memory");
	}

	private long value(String section, String name) {
		return call((commands) -> commands.info(section)).lines()
			.filter((line) -> line.startsWith(name + ":"))
			.mapToLong((line) -> Long.parseLong(line.substring(name.length() + 1).trim()))
			.findFirst()
			.orElse(-1);
	}

	private <T> T call(Function<RedisCommands<String, String>, T> command) {
		return command.apply(this.admin);
	}

	private static long heap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private double perSubscription(long bytes) {
		return (double) bytes / this.groups / NODES;
	}

	private static double secondsSince(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	private static void print(String line) {
		System.out.println(line);
	}

}
