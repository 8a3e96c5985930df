package dev.holdfast.autoconfigure;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.holdfast.cluster.ClusterConnections;
import dev.holdfast.cluster.ClusterNode;
import dev.holdfast.cluster.ClusterTransport;
import dev.holdfast.cluster.redis.RedisClusterTransport;
import dev.holdfast.connection.Connections;
import dev.holdfast.server.netty.NettyConnections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketClusterAutoConfiguration}.
 */
class SocketClusterAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketServerAutoConfiguration.class,
				SocketClusterAutoConfiguration.class, DataRedisAutoConfiguration.class));

	private final ApplicationContextRunner clusterRunner = this.contextRunner
		.withPropertyValues("holdfast.cluster.enabled=true");

	@Test
	void whenImportsAreLoadedThenTheyNameAutoConfiguration() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(SocketClusterAutoConfiguration.class.getName());
	}

	@Test
	void whenClusterIsOffThenHasNothingOfIt() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(NettyConnections.class)
			.doesNotHaveBean(ClusterNode.class)
			.doesNotHaveBean(ClusterTransport.class));
	}

	@Test
	void whenClusterIsOffAndRedisIsMissingThenStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Connections.class));
	}

	@Test
	void whenClusterIsOnThenConnectionsReachIt() {
		this.clusterRunner.withBean(ClusterTransport.class, SocketClusterAutoConfigurationTests::transport)
			.withPropertyValues("holdfast.cluster.node-id=node-7")
			.run((context) -> {
				assertThat(context).hasSingleBean(Connections.class)
					.hasSingleBean(ClusterConnections.class)
					.doesNotHaveBean(RedisClusterTransport.class);
				assertThat(context.getBean(ClusterNode.class).view().nodes()).containsOnlyKeys("node-7");
			});
	}

	@Test
	void whenRedisIsThereThenIsItsTransport() {
		this.clusterRunner.withPropertyValues("spring.data.redis.port=1", "spring.data.redis.host=127.0.0.1")
			.run((context) -> {
				assertThat(context).hasSingleBean(RedisClusterTransport.class);
				assertThat(context.getBean(Connections.class).all().send("hello")).isZero();
				assertThat(context.getBean(ClusterNode.class).isConnected()).isFalse();
			});
	}

	@Test
	void whenRedisIsMasterReplicaThenFailureNamesKey() {
		this.clusterRunner.withPropertyValues("spring.data.redis.masterreplica.nodes=127.0.0.1:1,127.0.0.1:2")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("spring.data.redis.masterreplica.nodes"));
	}

	@Test
	void whenRedisIsMissingThenFailureSaysWhatToAdd() {
		this.clusterRunner.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce"))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(NoClusterTransportException.class);
				FailureAnalysis analysis = new NoClusterTransportFailureAnalyzer().analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).startsWith("The cluster is on, but nothing connects its nodes");
				assertThat(analysis.getAction()).contains("spring-boot-starter-data-redis", "holdfast.cluster.enabled");
			});
	}

	@Test
	void whenUserHasConnectionsThenBacksOff() {
		this.clusterRunner.withBean(ClusterTransport.class, SocketClusterAutoConfigurationTests::transport)
			.withBean("myConnections", Connections.class, () -> mock(Connections.class))
			.run((context) -> assertThat(context).hasSingleBean(Connections.class)
				.doesNotHaveBean(ClusterConnections.class));
	}

	@Test
	void whenKeysAreInvalidThenFailureNamesThem() {
		assertInvalid("holdfast.cluster.node-id", "a b");
		assertInvalid("holdfast.cluster.node-id", "x".repeat(65));
		assertInvalid("holdfast.cluster.max-message-size", "0");
	}

	private void assertInvalid(String key, String value) {
		this.clusterRunner.withBean(ClusterTransport.class, SocketClusterAutoConfigurationTests::transport)
			.withPropertyValues(key + "=" + value)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo(key)));
	}

	private static ClusterTransport transport() {
		ClusterTransport transport = mock(ClusterTransport.class);
		given(transport.publish(any(), any())).willReturn(CompletableFuture.completedFuture(null));
		given(transport.forget(any())).willReturn(CompletableFuture.completedFuture(null));
		return transport;
	}

}
