package dev.holdfast.autoconfigure;

import io.lettuce.core.RedisClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.ClusterTransport;
import dev.holdfast.cluster.redis.RedisClusterTransport;

/**
 * {@link Configuration @Configuration} for a cluster on Redis, which is reached as the
 * application reaches it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ LettuceConnectionFactory.class, RedisClient.class })
class RedisClusterConfiguration {

	private static final String MASTER_REPLICA = "spring.data.redis.masterreplica.nodes";

	@Bean
	@ConditionalOnBean(LettuceConnectionFactory.class)
	@ConditionalOnMissingBean(ClusterTransport.class)
	RedisClusterTransport redisClusterTransport(LettuceConnectionFactory connectionFactory, ClusterSettings settings,
			Environment environment) {
		Binder.get(environment).bind(MASTER_REPLICA, Bindable.listOf(String.class)).ifBound((nodes) -> {
			throw new InvalidConfigurationPropertyValueException(MASTER_REPLICA, nodes,
					"A cluster of Holdfast needs one server, Sentinel or a Redis Cluster.");
		});
		return new RedisClusterTransport(connectionFactory, settings.channelPrefix());
	}

}
