package dev.holdfast.cluster.redis;

import java.time.Duration;
import java.util.Optional;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.resource.ClientResources;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * {@link LettuceClientConfiguration} of the application with what a link needs: no
 * reconnection by the library, no commands while disconnected, short deadlines.
 * Immutable.
 *
 * @param configuration the configuration of the application
 * @param resources the threads of the link
 * @param cluster whether the other end is a Redis Cluster
 */
record LinkConfiguration(LettuceClientConfiguration configuration, ClientResources resources,
		boolean cluster) implements LettuceClientConfiguration {

	static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_WAITING = 16_384;

	@Override
	public boolean isUseSsl() {
		return this.configuration.isUseSsl();
	}

	@Override
	@Deprecated
	public boolean isVerifyPeer() {
		return this.configuration.isVerifyPeer();
	}

	@Override
	public SslVerifyMode getVerifyMode() {
		return this.configuration.getVerifyMode();
	}

	@Override
	public boolean isStartTls() {
		return this.configuration.isStartTls();
	}

	@Override
	public Optional<ClientResources> getClientResources() {
		return Optional.of(this.resources);
	}

	@Override
	public Optional<ClientOptions> getClientOptions() {
		ClientOptions options = this.configuration.getClientOptions().orElseGet(ClientOptions::create);
		ClientOptions.Builder builder = this.cluster ? cluster(options).mutate() : options.mutate();
		return Optional.of(builder.autoReconnect(false)
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(MAX_WAITING)
			.timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
			.socketOptions(socket(options.getSocketOptions()))
			.maintNotificationsConfig(MaintNotificationsConfig.disabled())
			.build());
	}

	private static ClusterClientOptions cluster(ClientOptions options) {
		return (options instanceof ClusterClientOptions cluster) ? cluster
				: ClusterClientOptions.builder(options).build();
	}

	private static SocketOptions socket(SocketOptions options) {
		Duration timeout = options.getConnectTimeout();
		return options.mutate().connectTimeout((timeout.compareTo(TIMEOUT) < 0) ? timeout : TIMEOUT).build();
	}

	@Override
	public Optional<String> getClientName() {
		return this.configuration.getClientName();
	}

	@Override
	public Optional<ReadFrom> getReadFrom() {
		return Optional.empty();
	}

	@Override
	public Optional<RedisCredentialsProviderFactory> getRedisCredentialsProviderFactory() {
		return this.configuration.getRedisCredentialsProviderFactory();
	}

	@Override
	public Duration getCommandTimeout() {
		return TIMEOUT;
	}

	@Override
	public Duration getShutdownTimeout() {
		return Duration.ZERO;
	}

	@Override
	public Duration getShutdownQuietPeriod() {
		return Duration.ZERO;
	}

}
