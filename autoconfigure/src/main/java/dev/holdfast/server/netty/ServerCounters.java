package dev.holdfast.server.netty;

import java.util.concurrent.atomic.LongAdder;

import dev.holdfast.connection.CloseReason;

/**
 * What one server counts on one event loop. The loop is the only writer of these plain
 * fields; a reader may miss the latest counts. Confined to the connection's event loop,
 * but for dropped messages, which any thread may count.
 */
final class ServerCounters {

	private static final int REASONS = CloseReason.values().length;

	long accepted;

	long messagesReceived;

	long messagesSent;

	long messagesHandled;

	int batchHandled;

	long messagesAbandoned;

	long messagesFailed;

	final LongAdder messagesDropped = new LongAdder();

	long bytesReceived;

	long bytesSent;

	long handlingNanos;

	final long[] closed = new long[REASONS];

	final long[] refused = new long[REASONS];

	final LatencyHistogram latency = new LatencyHistogram();

	void handled(long count, long nanos) {
		this.messagesHandled += count;
		this.handlingNanos += nanos * count;
		this.latency.record(nanos, count);
	}

	/**
	 * Count the messages of a batch that has ended.
	 * @param began the time at which it began
	 */
	void endBatch(long began) {
		if (this.batchHandled > 0) {
			handled(this.batchHandled, System.nanoTime() - began);
			this.batchHandled = 0;
		}
	}

	/**
	 * Add what ended. To be read before what began, so that no more has ended than began.
	 * @param sum the sum
	 */
	void addEndedTo(ServerCounters sum) {
		sum.messagesSent += this.messagesSent;
		sum.messagesHandled += this.messagesHandled;
		sum.messagesAbandoned += this.messagesAbandoned;
		sum.messagesFailed += this.messagesFailed;
		sum.messagesDropped.add(this.messagesDropped.sum());
		sum.bytesReceived += this.bytesReceived;
		sum.bytesSent += this.bytesSent;
		sum.handlingNanos += this.handlingNanos;
		for (int i = 0; i < REASONS; i++) {
			sum.closed[i] += this.closed[i];
			sum.refused[i] += this.refused[i];
		}
	}

	/**
	 * Add what began.
	 * @param sum the sum
	 */
	void addBegunTo(ServerCounters sum) {
		sum.accepted += this.accepted;
		sum.messagesReceived += this.messagesReceived;
	}

}
