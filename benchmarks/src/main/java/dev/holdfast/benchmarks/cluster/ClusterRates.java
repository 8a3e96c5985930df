package dev.holdfast.benchmarks.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/**
 * Program that measures deliveries per second from one publisher to a group with a client
 * on each of three nodes, beside three plain Lettuce subscribers.
 */
public final class ClusterRates {

	private static final int NODES = 3;

	private static final String GROUP = "room";

	private ClusterRates() {
	}

	/**
	 * Measure both in turns.
	 * @param args the number of rounds and the seconds of each
	 */
	public static void main(String[] args) throws Exception {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 5;
		double seconds = (args.length > 1) ? Double.parseDouble(args[1]) : 3;
		try (Redis redis = new Redis(); Cluster cluster = new Cluster(redis); Plain plain = new Plain(redis)) {
			cluster.publishing().run(seconds);
			plain.publishing().run(seconds);
			List<Double> ratios = new ArrayList<>();
			System.out
				.println("| round | Holdfast, deliveries/s | Lettuce, deliveries/s | ratio |\n|---|---:|---:|---:|");
			for (int round = 1; round <= rounds; round++) {
				double other = plain.publishing().run(seconds);
				double own = cluster.publishing().run(seconds);
				ratios.add(own / other);
				System.out.printf("| %d | %,.0f | %,.0f | %.2f |%n", round, own, other, own / other);
			}
			System.out.printf("median ratio %.2f, messages lost %d%n",
					ratios.stream().sorted().toList().get(rounds / 2), cluster.lost());
		}
		System.exit(0);
	}

	/**
	 * Three nodes with a client each, and one that publishes.
	 */
	private static final class Cluster implements AutoCloseable {

		private final List<Node> nodes = new ArrayList<>();

		private final List<Receiver> receivers = new ArrayList<>();

		private final Node publisher;

		private Cluster(Redis redis) throws Exception {
			for (int i = 0; i < NODES; i++) {
				Node node = new Node("node-" + i, redis.port());
				this.nodes.add(node);
				this.receivers.add(new Receiver(node.port(), GROUP + " 0 1"));
			}
			this.publisher = new Node("publisher", redis.port());
			Node.await(() -> this.publisher.connections().group(GROUP + 0).clusterCount().block().count() == NODES);
		}

		private Publishing publishing() {
			List<LongSupplier> counts = this.receivers.stream()
				.map((receiver) -> (LongSupplier) receiver::lines)
				.toList();
			return new Publishing((text) -> this.publisher.connections().group(GROUP + 0).send(text), counts);
		}

		private long lost() {
			return this.publisher.cluster().statistics().failed()
					+ this.nodes.stream().mapToLong((node) -> node.cluster().statistics().dropped()).sum();
		}

		@Override
		public void close() throws Exception {
			for (Receiver receiver : this.receivers) {
				receiver.close();
			}
			this.nodes.forEach(Node::close);
			this.publisher.close();
		}

	}

	/**
	 * Three subscribers and one publisher, as Lettuce has them.
	 */
	private static final class Plain implements AutoCloseable {

		private final RedisClient client;

		private final List<LongAdder> received = new ArrayList<>();

		private final RedisAsyncCommands<String, String> publisher;

		private Plain(Redis redis) {
			this.client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
			for (int i = 0; i < NODES; i++) {
				LongAdder count = new LongAdder();
				this.received.add(count);
				StatefulRedisPubSubConnection<String, String> connection = this.client.connectPubSub();
				connection.addListener(new RedisPubSubAdapter<>() {

					@Override
					public void message(String channel, String message) {
						count.increment();
					}

				});
				connection.sync().subscribe("plain");
			}
			this.publisher = this.client.connect().async();
		}

		private Publishing publishing() {
			List<LongSupplier> counts = this.received.stream().map((count) -> (LongSupplier) count::sum).toList();
			return new Publishing((text) -> this.publisher.publish("plain", text), counts);
		}

		@Override
		public void close() {
			this.client.shutdown();
		}

	}

}
