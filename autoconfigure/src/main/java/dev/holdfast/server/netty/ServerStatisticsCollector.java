package dev.holdfast.server.netty;

import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.ServerStatistics;
import dev.holdfast.server.ServerStatistics.ByteCounts;
import dev.holdfast.server.ServerStatistics.ConnectionCounts;
import dev.holdfast.server.ServerStatistics.MessageCounts;

/**
 * Adds up what one server counts on its event loops and keeps samples of it, one a
 * second. Thread-safe.
 */
final class ServerStatisticsCollector {

	private final Collection<ServerLoop> loops;

	private final Admission admission;

	private final AtomicLong acceptFailures;

	private final SecondSamples seconds = new SecondSamples(System.nanoTime());

	private final LatencySamples latencies = new LatencySamples();

	ServerStatisticsCollector(Collection<ServerLoop> loops, Admission admission, AtomicLong acceptFailures) {
		this.loops = loops;
		this.admission = admission;
		this.acceptFailures = acceptFailures;
	}

	void sample() {
		this.seconds.sample(System.nanoTime(), sum().messagesHandled);
		if (this.latencies.isDue()) {
			this.latencies.sample(latencyCounts());
		}
	}

	ServerStatistics statistics() {
		ServerCounters sum = sum();
		long active = Math.max(sum.accepted - LongStream.of(sum.closed).sum(), 0);
		ConnectionCounts connections = new ConnectionCounts(active, this.admission.peak(), sum.accepted,
				this.acceptFailures.get(), byReason(sum.refused), byReason(sum.closed));
		MessageCounts messages = new MessageCounts(sum.messagesReceived, sum.messagesSent, sum.messagesFailed,
				sum.messagesDropped, Math.max(sum.messagesReceived - sum.messagesHandled - sum.messagesAbandoned, 0),
				sum.messagesHandled, sum.handlingNanos);
		return new ServerStatistics(connections, messages, new ByteCounts(sum.bytesReceived, sum.bytesSent),
				this.seconds.qps(System.nanoTime(), sum.messagesHandled), this.latencies.latency(latencyCounts()));
	}

	private ServerCounters sum() {
		VarHandle.acquireFence();
		ServerCounters sum = new ServerCounters();
		this.loops.forEach((loop) -> loop.counters.addEndedTo(sum));
		VarHandle.acquireFence();
		this.loops.forEach((loop) -> loop.counters.addBegunTo(sum));
		return sum;
	}

	private long[] latencyCounts() {
		long[] counts = new long[LatencyHistogram.BUCKETS];
		this.loops.forEach((loop) -> loop.counters.latency.addTo(counts));
		return counts;
	}

	private static Map<CloseReason, Long> byReason(long[] counts) {
		Map<CloseReason, Long> byReason = new EnumMap<>(CloseReason.class);
		for (CloseReason reason : CloseReason.values()) {
			if (counts[reason.ordinal()] > 0) {
				byReason.put(reason, counts[reason.ordinal()]);
			}
		}
		return byReason;
	}

}
