package dev.holdfast.cluster.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.lettuce.core.KillArgs;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisClusterTransport}.
 */
class RedisClusterTransportTests {

	private static final byte[] LARGE = new byte[64 * 1024];

	private final RedisProcess redis = new RedisProcess("--client-output-buffer-limit", "pubsub", "1mb", "0", "0");

	private final List<RedisClusterTransport> transports = new ArrayList<>();

	RedisClusterTransportTests() throws IOException {
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.transports.forEach(RedisClusterTransport::stop);
		this.redis.close();
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

	private RedisClusterTransport start(RecordingReceiver recorder, String... credentials) {
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", this.redis.port());
		if (credentials.length > 0) {
			configuration.setUsername(credentials[0]);
			configuration.setPassword(credentials[1]);
		}
		LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration);
		factory.afterPropertiesSet();
		RedisClusterTransport transport = new RedisClusterTransport(factory, "test:");
		this.transports.add(transport);
		transport.start(recorder);
		return transport;
	}

	private long subscribers(String channel) {
		return this.redis.call((commands) -> commands.pubsubNumsub(channel)).get(channel);
	}

	@Test
	void publishWhenNeverConnectedFailsAtOnce() throws Exception {
		this.redis.kill();
		RedisClusterTransport transport = start(new RecordingReceiver());
		assertThat(transport.publish("test:a", RecordingReceiver.HOLD).toCompletableFuture())
			.isCompletedExceptionally();
		this.redis.start();
		soon().until(() -> !transport.publish("test:a", RecordingReceiver.HOLD)
			.toCompletableFuture()
			.isCompletedExceptionally());
	}

	@Test
	void subscriberWhenTooSlowIsCutOffAndComesBack() {
		RecordingReceiver slow = new RecordingReceiver();
		RedisClusterTransport subscriber = start(slow);
		subscriber.subscribe(List.of("test:a"));
		RedisClusterTransport publisher = start(new RecordingReceiver());
		soon().until(() -> subscribers("test:a") == 1);
		soon().until(() -> {
			publisher.publish("test:a", RecordingReceiver.HOLD);
			return slow.isHolding();
		});
		soon().until(() -> {
			publisher.publish("test:a", LARGE);
			return subscribers("test:a") == 0;
		});
		slow.release();
		soon().until(() -> !slow.reasons().isEmpty());
		soon().until(() -> {
			publisher.publish("test:a", new byte[] { 2 });
			return slow.packets().stream().anyMatch((packet) -> packet.length == 1 && packet[0] == 2);
		});
	}

	@Test
	void subscriptionWhenRefusedIsNotSilent() {
		this.redis.acl("app", "on", ">secret", "+@all", "&test:*");
		RecordingReceiver recorder = new RecordingReceiver();
		RedisClusterTransport transport = start(recorder, "app", "secret");
		transport.subscribe(List.of("test:a"));
		soon().until(() -> subscribers("test:a") == 1);
		transport.subscribe(List.of("forbidden"));
		soon().until(() -> recorder.reasons().stream().anyMatch((reason) -> reason.contains("NOPERM")));
		transport.unsubscribe(List.of("forbidden"));
		soon().until(() -> subscribers("test:a") == 1);
	}

	@Test
	void channelsWhenChangedDuringReconnectionAreThoseWanted() {
		List<String> many = IntStream.range(0, 5_000).mapToObj((i) -> "test:many:" + i).toList();
		RecordingReceiver recorder = new RecordingReceiver();
		RedisClusterTransport transport = start(recorder);
		transport.subscribe(many);
		soon().until(() -> recorder.connections() == 1);
		Set<String> wanted = new HashSet<>(many);
		this.redis.call((commands) -> commands.clientKill(KillArgs.Builder.typePubsub()));
		long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		while (recorder.connections() < 2 && System.nanoTime() < deadline) {
			String channel = many.get(ThreadLocalRandom.current().nextInt(many.size()));
			if (wanted.remove(channel)) {
				transport.unsubscribe(List.of(channel));
			}
			else {
				wanted.add(channel);
				transport.subscribe(List.of(channel));
			}
			LockSupport.parkNanos(200_000);
		}
		assertThat(recorder.connections()).isEqualTo(2);
		soon().until(
				() -> this.redis.call((commands) -> Set.copyOf(commands.pubsubChannels("test:many:*"))).equals(wanted));
	}

}
