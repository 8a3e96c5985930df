package dev.holdfast.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Clock;
import org.jspecify.annotations.Nullable;

import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.SocketServer;

/**
 * What a server counted, at most half a second old, so that the many meters of one scrape
 * compute it once. Never steps back to older counts. Thread-safe.
 */
final class RecentStatistics {

	private static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(500);

	private final SocketServer server;

	private final Clock clock;

	private @Nullable ServerStatistics statistics;

	private long takenAt;

	RecentStatistics(SocketServer server, Clock clock) {
		this.server = server;
		this.clock = clock;
	}

	String server() {
		return this.server.name();
	}

	long count(ToLongFunction<ServerStatistics> value) {
		return value.applyAsLong(get());
	}

	double value(ToDoubleFunction<ServerStatistics> value) {
		return value.applyAsDouble(get());
	}

	private synchronized ServerStatistics get() {
		long now = this.clock.monotonicTime();
		ServerStatistics recent = this.statistics;
		if (recent == null || now - this.takenAt >= MAX_AGE) {
			recent = this.server.statistics();
			this.statistics = recent;
			this.takenAt = now;
		}
		return recent;
	}

}
