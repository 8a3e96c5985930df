package dev.holdfast.metrics;

import java.util.List;
import java.util.stream.StreamSupport;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.util.Assert;

import dev.holdfast.server.SocketServers;

/**
 * {@link MeterBinder} for what the socket servers count. Each meter has the tag
 * {@code server}; {@code holdfast.connections.refused} and
 * {@code holdfast.connections.closed} have the tag {@code reason} too, whose values are
 * the names of {@link dev.holdfast.connection.CloseReason} as they are written there.
 * Values are at most half a second old. Registries refer to this binder weakly: keep it
 * as long as they are used. Thread-safe.
 */
public class SocketServerMetrics implements MeterBinder {

	private final List<RecentStatistics> servers;

	/**
	 * Create a new {@link SocketServerMetrics}.
	 * @param servers the servers
	 */
	public SocketServerMetrics(SocketServers servers) {
		this(servers, Clock.SYSTEM);
	}

	SocketServerMetrics(SocketServers servers, Clock clock) {
		Assert.notNull(servers, "'servers' must not be null");
		this.servers = StreamSupport.stream(servers.spliterator(), false)
			.map((server) -> new RecentStatistics(server, clock))
			.toList();
	}

	/**
	 * Register the meters of each server. A second call for the same registry has no
	 * effect.
	 * @param registry the registry
	 */
	@Override
	public void bindTo(MeterRegistry registry) {
		this.servers.forEach((statistics) -> new ServerMeters(statistics, registry).register());
	}

}
