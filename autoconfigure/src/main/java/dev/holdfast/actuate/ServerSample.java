package dev.holdfast.actuate;

import java.util.Arrays;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.ServerStatistics;

/**
 * What one server had counted, and did, at one time: little enough to keep hundreds.
 * Immutable.
 *
 * @param active connections
 * @param accepted connections so far
 * @param refused connections so far
 * @param bytesReceived bytes so far
 * @param bytesSent bytes so far
 * @param qps messages handled during the last second
 * @param latency time of handling over the last minute
 * @param closed connections that ended so far, at the ordinal of the reason; shared with
 * the sample before while nothing changes
 */
record ServerSample(long active, long accepted, long refused, long bytesReceived, long bytesSent, double qps,
		ServerStatistics.Latency latency, long[] closed) {

	static ServerSample of(ServerStatistics statistics, @Nullable ServerSample before) {
		ServerStatistics.ConnectionCounts connections = statistics.connections();
		long refused = connections.refused().values().stream().mapToLong(Long::longValue).sum();
		double qps = Math.round(statistics.qps().last1s() * 10) / 10.0;
		return new ServerSample(connections.active(), connections.accepted(), refused, statistics.bytes().received(),
				statistics.bytes().sent(), qps, statistics.latency(), closed(connections.closed(), before));
	}

	private static long[] closed(Map<CloseReason, Long> counts, @Nullable ServerSample before) {
		long[] closed = new long[CloseReason.values().length];
		counts.forEach((reason, count) -> closed[reason.ordinal()] = count);
		return (before != null && Arrays.equals(closed, before.closed)) ? before.closed : closed;
	}

}
