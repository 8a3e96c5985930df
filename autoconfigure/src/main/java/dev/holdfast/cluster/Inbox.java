package dev.holdfast.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Packets of other nodes that wait to be carried out. All of one node are carried out by
 * one thread, in order. Never blocks the thread that adds: what does not fit is lost and
 * counted. Thread-safe.
 */
final class Inbox {

	private static final Log logger = LogFactory.getLog(Inbox.class);

	private static final int MAX_LANES = 4;

	private static final int CAPACITY = 8_192;

	private static final long MAX_BYTES = 64L * 1024 * 1024;

	private final Consumer<ByteBuf> delivery;

	private final ClusterCounters counters;

	private final List<Lane> lanes = new ArrayList<>();

	private final AtomicLong bytes = new AtomicLong();

	private final RecurringWarning warning = new RecurringWarning(logger);

	private volatile boolean running;

	Inbox(Consumer<ByteBuf> delivery, ClusterCounters counters) {
		this.delivery = delivery;
		this.counters = counters;
		int lanes = Math.min(Runtime.getRuntime().availableProcessors(), MAX_LANES);
		for (int i = 0; i < lanes; i++) {
			this.lanes.add(new Lane(i));
		}
	}

	void start() {
		this.running = true;
		this.lanes.forEach((lane) -> lane.thread.start());
	}

	void stop() {
		this.running = false;
		this.lanes.forEach((lane) -> lane.thread.interrupt());
	}

	/**
	 * Carry out the frames of a packet later, after those of the same sender that were
	 * added before.
	 * @param header the header of the packet
	 * @param frames the frames
	 */
	void add(PacketHeader header, ByteBuf frames) {
		int size = frames.readableBytes();
		Lane lane = this.lanes.get(Math.floorMod(Long.hashCode(header.incarnation()), this.lanes.size()));
		if (this.bytes.addAndGet(size) > MAX_BYTES || !lane.queue.offer(frames)) {
			this.bytes.addAndGet(-size);
			this.counters.dropped.add(count(frames));
			this.warning.log("Messages of other nodes were dropped because too many wait, so far %d"
				.formatted(this.counters.dropped.sum()), null);
		}
	}

	private static int count(ByteBuf frames) {
		int count = 0;
		while (frames.isReadable()) {
			frames.skipBytes(frames.readInt());
			count++;
		}
		return count;
	}

	private void run(BlockingQueue<ByteBuf> queue) {
		while (this.running) {
			try {
				ByteBuf frames = queue.take();
				this.bytes.addAndGet(-frames.readableBytes());
				this.delivery.accept(frames);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			catch (RuntimeException ex) {
				this.counters.unreadable.increment();
				this.warning.log("A packet of another node could not be read", ex);
			}
		}
	}

	/**
	 * A queue and the thread that empties it.
	 */
	private final class Lane {

		private final BlockingQueue<ByteBuf> queue = new ArrayBlockingQueue<>(CAPACITY);

		private final Thread thread;

		private Lane(int index) {
			this.thread = new Thread(() -> run(this.queue), "holdfast-cluster-in-" + index);
			this.thread.setDaemon(true);
		}

	}

}
