package dev.holdfast.cluster;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Frames that wait to be published, in order. One thread takes them out; frames for one
 * channel that follow each other travel in one packet. Never blocks those who add: what
 * does not fit is lost and counted. Thread-safe.
 */
final class Outbox {

	private static final Log logger = LogFactory.getLog(Outbox.class);

	private static final int CAPACITY = 65_536;

	private static final long MAX_BYTES = 64L * 1024 * 1024;

	private static final int MAX_PACKET = 64 * 1024;

	private static final int WINDOW = 256;

	private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(5);

	private static final Entry END = new Entry("", new byte[0], 0);

	private final ClusterTransport transport;

	private final byte[] header;

	private final ClusterCounters counters;

	private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>(CAPACITY);

	private final AtomicLong bytes = new AtomicLong();

	private final Semaphore window = new Semaphore(WINDOW);

	private final RecurringWarning warning = new RecurringWarning(logger);

	private final Thread thread = new Thread(this::run, "holdfast-cluster-out");

	private volatile boolean running;

	private @Nullable Entry next;

	Outbox(ClusterTransport transport, PacketHeader header, ClusterCounters counters) {
		this.transport = transport;
		this.header = header.bytes();
		this.counters = counters;
		this.thread.setDaemon(true);
	}

	void start() {
		this.running = true;
		this.thread.start();
	}

	/**
	 * Publish what waits and take nothing more out afterwards.
	 * @param most how long to wait until it was taken; what was not published by then is
	 * lost
	 */
	void stop(Duration most) {
		long end = System.nanoTime() + most.toNanos();
		this.running = false;
		this.queue.offer(END);
		try {
			TimeUnit.NANOSECONDS.timedJoin(this.thread, end - System.nanoTime());
			this.window.tryAcquire(WINDOW, end - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.thread.interrupt();
	}

	/**
	 * Publish a frame later, after those that were added before.
	 * @param channel the channel
	 * @param frame the frame
	 */
	void add(String channel, byte[] frame) {
		if (this.bytes.addAndGet(frame.length) > MAX_BYTES
				|| !this.queue.offer(new Entry(channel, frame, System.nanoTime()))) {
			this.bytes.addAndGet(-frame.length);
			failed(1, null);
		}
	}

	/**
	 * Publish a frame at once, whatever waits.
	 * @param channel the channel
	 * @param frame the frame
	 * @return completes when the frame was taken
	 */
	CompletionStage<Void> addUrgent(String channel, byte[] frame) {
		return send(channel, ByteBufUtil.getBytes(packet().writeBytes(frame)));
	}

	private ByteBuf packet() {
		return Unpooled.buffer(this.header.length).writeBytes(this.header);
	}

	private void run() {
		try {
			for (Entry first = take(); first != null; first = take()) {
				this.next = first;
				this.window.acquire();
				publish(first.channel);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		giveUp();
	}

	private @Nullable Entry take() throws InterruptedException {
		Entry entry = next();
		if (entry == null && this.running) {
			entry = this.queue.take();
		}
		return (entry != END) ? entry : null;
	}

	private @Nullable Entry next() {
		Entry entry = (this.next != null) ? this.next : this.queue.poll();
		this.next = null;
		return entry;
	}

	private void giveUp() {
		int lost = 0;
		for (Entry entry = next(); entry != null; entry = next()) {
			lost += (entry != END) ? 1 : 0;
		}
		if (lost > 0) {
			failed(lost, null);
		}
	}

	private void publish(String channel) {
		ByteBuf packet = packet();
		int frames = fill(packet, channel);
		if (frames == 0) {
			this.window.release();
			return;
		}
		send(channel, ByteBufUtil.getBytes(packet)).whenComplete((done, ex) -> {
			this.window.release();
			taken(frames, ex);
		});
	}

	private CompletionStage<Void> send(String channel, byte[] packet) {
		try {
			return this.transport.publish(channel, packet);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private int fill(ByteBuf packet, String channel) {
		long oldest = System.nanoTime() - MAX_AGE;
		int frames = 0;
		for (Entry entry = next(); entry != null; entry = next()) {
			if (!entry.channel.equals(channel) || packet.readableBytes() > MAX_PACKET) {
				this.next = entry;
				return frames;
			}
			this.bytes.addAndGet(-entry.frame.length);
			if (entry.time - oldest < 0) {
				failed(1, null);
				continue;
			}
			packet.writeBytes(entry.frame);
			frames++;
		}
		return frames;
	}

	private void taken(int frames, @Nullable Throwable failure) {
		if (failure != null) {
			failed(frames, failure);
		}
		else {
			this.counters.published.add(frames);
		}
	}

	private void failed(int frames, @Nullable Throwable cause) {
		this.counters.failed.add(frames);
		this.warning.log("Messages for other nodes were lost, so far %d".formatted(this.counters.failed.sum()), cause);
	}

	/**
	 * A frame that waits. Immutable.
	 */
	private static final class Entry {

		private final String channel;

		private final byte[] frame;

		private final long time;

		Entry(String channel, byte[] frame, long time) {
			this.channel = channel;
			this.frame = frame;
			this.time = time;
		}

	}

}
