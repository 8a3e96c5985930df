package dev.holdfast.cluster.redis;

import java.util.List;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/**
 * The connections of one link. Immutable.
 *
 * @param subscriber receives messages
 * @param publisher publishes messages; Redis keeps their order because there is one
 * @param keys reads and writes keys
 * @param owned what has to be closed beside
 */
record RedisConnections(StatefulRedisPubSubConnection<String, byte[]> subscriber,
		StatefulRedisPubSubConnection<String, byte[]> publisher, KeyConnection keys,
		List<StatefulConnection<String, byte[]>> owned) {

	void close() {
		this.owned.forEach(StatefulConnection::closeAsync);
		this.keys.close();
	}

}
