package dev.holdfast.metrics;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.util.Assert;

import dev.holdfast.server.EventLoops;

/**
 * {@link MeterBinder} for the event loops, which all servers share:
 * {@code holdfast.eventloop.blocked} counts handlers that held one for too long, and
 * {@code holdfast.eventloop.lag} is how late the busiest one is. Registries refer to this
 * binder weakly: keep it as long as they are used. Thread-safe.
 */
public class EventLoopMetrics implements MeterBinder {

	private final EventLoops eventLoops;

	/**
	 * Create new {@link EventLoopMetrics}.
	 * @param eventLoops the event loops
	 */
	public EventLoopMetrics(EventLoops eventLoops) {
		Assert.notNull(eventLoops, "'eventLoops' must not be null");
		this.eventLoops = eventLoops;
	}

	/**
	 * Register the meters. A second call for the same registry has no effect.
	 * @param registry the registry
	 */
	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(SocketMeterNames.EVENTLOOP_BLOCKED, this.eventLoops, EventLoops::blocked)
			.description("Handlers that held an event loop for too long")
			.register(registry);
		TimeGauge
			.builder(SocketMeterNames.EVENTLOOP_LAG, this.eventLoops, TimeUnit.NANOSECONDS,
					(loops) -> loops.lag().toNanos())
			.description("How late the busiest event loop is")
			.register(registry);
	}

}
