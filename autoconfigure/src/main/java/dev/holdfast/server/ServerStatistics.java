package dev.holdfast.server;

import java.util.Map;

import dev.holdfast.connection.CloseReason;

/**
 * What a server counted. Immutable.
 *
 * @param connections connections, opened or not yet
 * @param messages messages
 * @param bytes bytes of messages and their frames
 * @param qps messages whose handling ended, per second
 * @param latency time from decoding a message to the end of its handling
 */
public record ServerStatistics(ConnectionCounts connections, MessageCounts messages, ByteCounts bytes, Qps qps,
		Latency latency) {

	/**
	 * Counted connections. Immutable.
	 *
	 * @param active connections at the moment
	 * @param peak the most connections at once
	 * @param accepted connections so far: active and closed
	 * @param acceptFailures times that the system had no descriptor for a connection
	 * @param refused connections turned away by reason
	 * @param closed connections that ended by reason
	 */
	public record ConnectionCounts(long active, long peak, long accepted, long acceptFailures,
			Map<CloseReason, Long> refused, Map<CloseReason, Long> closed) {

	}

	/**
	 * Counted messages. Immutable.
	 *
	 * @param received messages that were decoded
	 * @param sent messages that were queued for a client
	 * @param failed messages whose handling failed
	 * @param dropped messages that were not sent for want of outbound budget, or not
	 * handled because of a rate limit
	 * @param inFlight messages that are being handled or wait to be
	 * @param handled messages whose handling ended
	 * @param handlingNanos time that handling took in all, in nanoseconds
	 */
	public record MessageCounts(long received, long sent, long failed, long dropped, long inFlight, long handled,
			long handlingNanos) {

	}

	/**
	 * Counted bytes. Immutable.
	 *
	 * @param received bytes that were read
	 * @param sent bytes that were queued for a client
	 */
	public record ByteCounts(long received, long sent) {

	}

	/**
	 * Messages whose handling ended, per second of wall-clock time. Immutable.
	 *
	 * @param last1s during the last second
	 * @param last10s during the last ten seconds
	 * @param last60s during the last minute
	 * @param peak in the best second so far
	 */
	public record Qps(double last1s, double last10s, double last60s, double peak) {

	}

	/**
	 * Time from decoding to the end of handling, over the last minute. Immutable.
	 *
	 * @param p50Micros the median in microseconds
	 * @param p99Micros the 99th percentile in microseconds
	 * @param maxMicros the longest time in microseconds
	 */
	public record Latency(long p50Micros, long p99Micros, long maxMicros) {

	}

}
