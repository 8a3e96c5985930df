/**
 * The cluster on Redis: publish and subscribe for packets, a hash a node for counts.
 * Start with {@link dev.holdfast.cluster.redis.RedisClusterTransport}.
 */
@NullMarked
package dev.holdfast.cluster.redis;

import org.jspecify.annotations.NullMarked;
