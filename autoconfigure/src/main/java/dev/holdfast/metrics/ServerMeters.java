package dev.holdfast.metrics;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.ServerStatistics;

/**
 * The meters of one server in one registry. The registry refers to the statistics weakly.
 */
final class ServerMeters {

	private final RecentStatistics statistics;

	private final MeterRegistry registry;

	ServerMeters(RecentStatistics statistics, MeterRegistry registry) {
		this.statistics = statistics;
		this.registry = registry;
	}

	void register() {
		registerConnections();
		registerMessages();
		registerBytes();
		registerHandling();
	}

	private void registerConnections() {
		gauge(SocketMeterNames.CONNECTIONS_ACTIVE, "Connections at the moment",
				(counted) -> counted.connections().active());
		count(SocketMeterNames.CONNECTIONS_ACCEPTED, "Connections that were accepted",
				(counted) -> counted.connections().accepted());
		count(SocketMeterNames.CONNECTIONS_ACCEPT_FAILURES, "Times that the system had no descriptor for a connection",
				(counted) -> counted.connections().acceptFailures());
		countByReason(SocketMeterNames.CONNECTIONS_REFUSED, "Connections that were turned away",
				(counted) -> counted.connections().refused());
		countByReason(SocketMeterNames.CONNECTIONS_CLOSED, "Connections that ended",
				(counted) -> counted.connections().closed());
	}

	private void registerMessages() {
		count(SocketMeterNames.MESSAGES_RECEIVED, "Messages that were decoded",
				(counted) -> counted.messages().received());
		count(SocketMeterNames.MESSAGES_SENT, "Messages that were queued for a client",
				(counted) -> counted.messages().sent());
		count(SocketMeterNames.MESSAGES_FAILED, "Messages whose handling failed",
				(counted) -> counted.messages().failed());
		count(SocketMeterNames.MESSAGES_DROPPED, "Messages that were not sent or not handled because of a limit",
				(counted) -> counted.messages().dropped());
	}

	private void registerBytes() {
		count(SocketMeterNames.BYTES_RECEIVED, "Bytes that were read", (counted) -> counted.bytes().received());
		count(SocketMeterNames.BYTES_SENT, "Bytes that were queued for a client", (counted) -> counted.bytes().sent());
	}

	private void registerHandling() {
		FunctionTimer
			.builder(SocketMeterNames.HANDLER, this.statistics,
					(recent) -> recent.count((counted) -> counted.messages().handled()),
					(recent) -> recent.count((counted) -> counted.messages().handlingNanos()), TimeUnit.NANOSECONDS)
			.description("Time from decoding a message to the end of its handling")
			.tag(SocketMeterNames.SERVER_TAG, this.statistics.server())
			.register(this.registry);
		gauge(SocketMeterNames.QPS, "Messages whose handling ended during the last second",
				(counted) -> counted.qps().last1s());
	}

	private void gauge(String name, String description, ToDoubleFunction<ServerStatistics> value) {
		Gauge.builder(name, this.statistics, (recent) -> recent.value(value))
			.description(description)
			.tag(SocketMeterNames.SERVER_TAG, this.statistics.server())
			.register(this.registry);
	}

	private void count(String name, String description, ToLongFunction<ServerStatistics> value) {
		counter(name, description, value).register(this.registry);
	}

	private void countByReason(String name, String description,
			Function<ServerStatistics, Map<CloseReason, Long>> counts) {
		for (CloseReason reason : CloseReason.values()) {
			counter(name, description, (counted) -> counts.apply(counted).getOrDefault(reason, 0L))
				.tag(SocketMeterNames.REASON_TAG, reason.name())
				.register(this.registry);
		}
	}

	private FunctionCounter.Builder<RecentStatistics> counter(String name, String description,
			ToLongFunction<ServerStatistics> value) {
		return FunctionCounter.builder(name, this.statistics, (recent) -> recent.count(value))
			.description(description)
			.tag(SocketMeterNames.SERVER_TAG, this.statistics.server());
	}

}
