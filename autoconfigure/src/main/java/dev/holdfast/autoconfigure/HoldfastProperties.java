package dev.holdfast.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

import dev.holdfast.server.IoMechanism;

/**
 * {@link ConfigurationProperties Properties} for Holdfast. Immutable.
 *
 * @param servers servers by name
 * @param io mechanism that moves bytes; io_uring only if it is asked for
 * @param eventLoops number of event loops, by default the number of cores
 * @param maxConnections most connections of the process, by default what the limit of
 * file descriptors leaves after some headroom; 0 for no limit
 * @param blocking threads of handlers that may block
 * @param shutdown graceful shutdown of servers
 * @param watchdog supervision of event loops
 * @param observations observations of messages
 * @param cluster one set of connections over many nodes
 */
@ConfigurationProperties("holdfast")
public record HoldfastProperties(Map<String, ServerProperties> servers, @DefaultValue("auto") IoMechanism io,
		@Nullable Integer eventLoops, @Nullable Long maxConnections, Blocking blocking, Shutdown shutdown,
		Watchdog watchdog, Observations observations, Cluster cluster) {

	/**
	 * Create new properties. What is {@code null} becomes its default, which is quicker
	 * than to bind it.
	 */
	public HoldfastProperties {
		servers = Objects.requireNonNullElse(servers, Map.of());
		blocking = Objects.requireNonNullElse(blocking, Blocking.DEFAULT);
		shutdown = Objects.requireNonNullElse(shutdown, Shutdown.DEFAULT);
		watchdog = Objects.requireNonNullElse(watchdog, Watchdog.DEFAULT);
		observations = Objects.requireNonNullElse(observations, Observations.NONE);
		cluster = Objects.requireNonNullElse(cluster, Cluster.NONE);
	}

	/**
	 * Threads of handlers that may block, unless virtual threads are used. Immutable.
	 *
	 * @param maxThreads most threads of the pool
	 * @param queue most calls that wait for a thread
	 */
	public record Blocking(@DefaultValue("200") int maxThreads, @DefaultValue("10000") int queue) {

		static final Blocking DEFAULT = new Blocking(200, 10000);

	}

	/**
	 * Graceful shutdown of servers. Immutable.
	 *
	 * @param grace time for connections to end before they are aborted, 0 for no limit
	 * @param delay time between refusing readiness and no longer accepting connections
	 * @param drainRate connections of each server that are ended in a second, 0 for all
	 * at once
	 * @param goodbye text that each client is sent last, none by default
	 */
	public record Shutdown(@DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration grace,
			@DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS) Duration delay, @DefaultValue("0") double drainRate,
			@Nullable String goodbye) {

		static final Shutdown DEFAULT = new Shutdown(Duration.ofSeconds(30), Duration.ZERO, 0, null);

	}

	/**
	 * Supervision of event loops. Immutable.
	 *
	 * @param threshold time that a handler may hold an event loop before it is logged and
	 * counted, 0 for no limit
	 */
	public record Watchdog(@DefaultValue("100ms") Duration threshold) {

		static final Watchdog DEFAULT = new Watchdog(Duration.ofMillis(100));

	}

	/**
	 * Observations of messages. Immutable.
	 *
	 * @param enabled whether each message is observed
	 */
	public record Observations(@DefaultValue("false") boolean enabled) {

		static final Observations NONE = new Observations(false);

	}

	/**
	 * One set of connections over many nodes. Immutable.
	 *
	 * @param enabled whether this application is a node of a cluster
	 * @param nodeId id of the node, unique in the cluster, by default a random one
	 * @param channelPrefix what the names of all channels and keys begin with
	 * @param maxMessageSize most bytes of a message that travels to other nodes
	 */
	public record Cluster(@DefaultValue("false") boolean enabled, @Nullable String nodeId,
			@DefaultValue("holdfast:") String channelPrefix, @DefaultValue("1MB") DataSize maxMessageSize) {

		static final Cluster NONE = new Cluster(false, null, "holdfast:", DataSize.ofMegabytes(1));

	}

}
