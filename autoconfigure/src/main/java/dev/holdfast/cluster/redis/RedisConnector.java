package dev.holdfast.cluster.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Opens connections to the Redis that an application is configured for, with a client and
 * threads of its own. Blocks while it connects. Thread-safe.
 */
final class RedisConnector {

	private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private static final int THREADS = 2;

	private final DefaultEventLoopGroupProvider threads = new DefaultEventLoopGroupProvider(THREADS);

	private final LettuceConnectionFactory factory;

	/**
	 * Create a new {@link RedisConnector}.
	 * @param application how the application connects
	 */
	RedisConnector(LettuceConnectionFactory application) {
		ClientResources resources = application.getClientResources();
		ClientResources.Builder builder = (resources != null) ? resources.mutate() : DefaultClientResources.builder();
		boolean cluster = application.getClusterConfiguration() != null;
		this.factory = new LettuceConnectionFactory(configuration(application), new LinkConfiguration(
				application.getClientConfiguration(), builder.eventLoopGroupProvider(this.threads).build(), cluster));
		this.factory.setValidateConnection(false);
		this.factory.afterPropertiesSet();
	}

	private static RedisConfiguration configuration(LettuceConnectionFactory application) {
		if (application.getClusterConfiguration() != null) {
			return application.getClusterConfiguration();
		}
		if (application.getSentinelConfiguration() != null) {
			return application.getSentinelConfiguration();
		}
		return (application.getSocketConfiguration() != null) ? application.getSocketConfiguration()
				: application.getStandaloneConfiguration();
	}

	void start() {
		this.factory.start();
	}

	/**
	 * Open connections.
	 * @return the connections
	 */
	RedisConnections connect() {
		AbstractRedisClient client = this.factory.getRequiredNativeClient();
		List<StatefulConnection<String, byte[]>> owned = new ArrayList<>();
		try {
			return (client instanceof RedisClusterClient cluster) ? connect(cluster, owned)
					: connect((RedisClient) client, owned);
		}
		catch (RuntimeException ex) {
			owned.forEach(StatefulConnection::closeAsync);
			throw ex;
		}
	}

	private static RedisConnections connect(RedisClient client, List<StatefulConnection<String, byte[]>> owned) {
		StatefulRedisPubSubConnection<String, byte[]> subscriber = keep(owned, () -> client.connectPubSub(CODEC));
		StatefulRedisPubSubConnection<String, byte[]> publisher = keep(owned, () -> client.connectPubSub(CODEC));
		return new RedisConnections(subscriber, publisher, KeyConnection.shared(publisher.async()), owned);
	}

	private static RedisConnections connect(RedisClusterClient client, List<StatefulConnection<String, byte[]>> owned) {
		client.refreshPartitions();
		StatefulRedisClusterPubSubConnection<String, byte[]> nodes = keep(owned, () -> client.connectPubSub(CODEC));
		StatefulRedisClusterPubSubConnection<String, byte[]> others = keep(owned, () -> client.connectPubSub(CODEC));
		String node = upstream(client);
		return new RedisConnections(nodes.getConnection(node), others.getConnection(node),
				KeyConnection.own(client.connect(CODEC), () -> reconnect(client)), owned);
	}

	private static CompletionStage<StatefulRedisClusterConnection<String, byte[]>> reconnect(
			RedisClusterClient client) {
		return client.refreshPartitionsAsync().thenCompose((done) -> client.connectAsync(CODEC));
	}

	private static String upstream(RedisClusterClient client) {
		List<String> nodes = client.getPartitions()
			.stream()
			.filter((node) -> node.is(RedisClusterNode.NodeFlag.UPSTREAM) && node.isConnected()
					&& !node.is(RedisClusterNode.NodeFlag.FAIL) && !node.is(RedisClusterNode.NodeFlag.EVENTUAL_FAIL))
			.map(RedisClusterNode::getNodeId)
			.toList();
		if (nodes.isEmpty()) {
			throw new RedisConnectionException("No node of the Redis Cluster is reachable");
		}
		return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
	}

	private static <T extends StatefulConnection<String, byte[]>> T keep(List<StatefulConnection<String, byte[]>> owned,
			Supplier<T> connect) {
		T connection = connect.get();
		owned.add(connection);
		return connection;
	}

	void stop() {
		this.factory.destroy();
		this.threads.shutdown(0, 1, TimeUnit.SECONDS);
	}

}
