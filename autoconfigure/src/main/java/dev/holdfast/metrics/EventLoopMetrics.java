package dev.holdfast.metrics;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.util.Assert;

import dev.holdfast.server.EventLoops;
import dev.holdfast.server.SocketServers;

/**
 * {@link MeterBinder} for the event loops: {@code holdfast.eventloop.blocked} counts
 * handlers of a server that held one for too long, and {@code holdfast.eventloop.lag} is
 * how late the busiest one is. All servers share the loops, so the lag is the same for
 * each of them. Registries refer to this binder weakly: keep it as long as they are used.
 * Thread-safe.
 */
public class EventLoopMetrics implements MeterBinder {

	private final EventLoops eventLoops;

	private final SocketServers servers;

	/**
	 * Create new {@link EventLoopMetrics}.
	 * @param eventLoops the event loops
	 * @param servers the servers that run on them
	 */
	public EventLoopMetrics(EventLoops eventLoops, SocketServers servers) {
		Assert.notNull(eventLoops, "'eventLoops' must not be null");
		Assert.notNull(servers, "'servers' must not be null");
		this.eventLoops = eventLoops;
		this.servers = servers;
	}

	/**
	 * Register the meters. A second call for the same registry has no effect.
	 * @param registry the registry
	 */
	@Override
	public void bindTo(MeterRegistry registry) {
		this.servers.forEach((server) -> register(server.name(), registry));
	}

	private void register(String server, MeterRegistry registry) {
		FunctionCounter.builder(SocketMeterNames.EVENTLOOP_BLOCKED, this.eventLoops, (loops) -> loops.blocked(server))
			.description("Handlers that held an event loop for too long")
			.tag(SocketMeterNames.SERVER_TAG, server)
			.register(registry);
		TimeGauge
			.builder(SocketMeterNames.EVENTLOOP_LAG, this.eventLoops, TimeUnit.NANOSECONDS,
					(loops) -> loops.lag().toNanos())
			.description("How late the busiest event loop is")
			.tag(SocketMeterNames.SERVER_TAG, server)
			.register(registry);
	}

}
