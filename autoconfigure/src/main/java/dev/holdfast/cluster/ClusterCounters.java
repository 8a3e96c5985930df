package dev.holdfast.cluster;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a node counts about its messages from and to other nodes. Thread-safe.
 */
final class ClusterCounters {

	final LongAdder published = new LongAdder();

	final LongAdder failed = new LongAdder();

	final LongAdder received = new LongAdder();

	final LongAdder dropped = new LongAdder();

	final LongAdder unreadable = new LongAdder();

	final LongAdder disconnects = new LongAdder();

	ClusterStatistics statistics() {
		return new ClusterStatistics(this.published.sum(), this.failed.sum(), this.received.sum(), this.dropped.sum(),
				this.unreadable.sum(), this.disconnects.sum());
	}

}
