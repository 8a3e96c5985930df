package dev.holdfast.actuate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import dev.holdfast.connection.CloseReason;

/**
 * Description of what one server counted at many times: a column for each value, the
 * oldest first. Immutable.
 *
 * @param active connections
 * @param accepted connections so far
 * @param refused connections so far
 * @param bytesReceived bytes so far
 * @param bytesSent bytes so far
 * @param qps messages handled during the last second
 * @param p50Micros the median latency of the last minute
 * @param p99Micros its 99th percentile
 * @param maxMicros its maximum
 * @param closed connections that ended so far, by each reason that happened
 */
record ServerHistoryDescriptor(long[] active, long[] accepted, long[] refused, long[] bytesReceived, long[] bytesSent,
		double[] qps, long[] p50Micros, long[] p99Micros, long[] maxMicros, Map<CloseReason, long[]> closed) {

	static ServerHistoryDescriptor of(List<ServerSample> samples) {
		return new ServerHistoryDescriptor(longs(samples, ServerSample::active), longs(samples, ServerSample::accepted),
				longs(samples, ServerSample::refused), longs(samples, ServerSample::bytesReceived),
				longs(samples, ServerSample::bytesSent), doubles(samples, ServerSample::qps),
				longs(samples, (sample) -> sample.latency().p50Micros()),
				longs(samples, (sample) -> sample.latency().p99Micros()),
				longs(samples, (sample) -> sample.latency().maxMicros()), closed(samples));
	}

	private static Map<CloseReason, long[]> closed(List<ServerSample> samples) {
		Map<CloseReason, long[]> columns = new EnumMap<>(CloseReason.class);
		for (CloseReason reason : CloseReason.values()) {
			long[] column = longs(samples, (sample) -> sample.closed()[reason.ordinal()]);
			if (column.length > 0 && column[column.length - 1] > 0) {
				columns.put(reason, column);
			}
		}
		return columns;
	}

	private static long[] longs(List<ServerSample> samples, ToLongFunction<ServerSample> value) {
		return samples.stream().mapToLong(value).toArray();
	}

	private static double[] doubles(List<ServerSample> samples, ToDoubleFunction<ServerSample> value) {
		return samples.stream().mapToDouble(value).toArray();
	}

}
