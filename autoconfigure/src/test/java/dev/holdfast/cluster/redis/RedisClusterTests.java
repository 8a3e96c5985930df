package dev.holdfast.cluster.redis;

import java.io.IOException;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;

import dev.holdfast.cluster.AbstractClusterTests;

/**
 * Tests for a cluster over {@link RedisClusterTransport}.
 */
class RedisClusterTests extends AbstractClusterTests {

	private final RedisProcess redis = new RedisProcess();

	RedisClusterTests() throws IOException {
	}

	@Override
	protected void connect(GenericApplicationContext context) {
		new AnnotatedBeanDefinitionReader(context).register(DataRedisAutoConfiguration.class);
	}

	@Override
	protected String[] properties() {
		return this.redis.properties();
	}

	@Override
	protected void closeTransport() {
		try {
			this.redis.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
