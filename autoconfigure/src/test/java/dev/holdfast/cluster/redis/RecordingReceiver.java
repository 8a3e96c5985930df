package dev.holdfast.cluster.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.holdfast.cluster.ClusterReceiver;

/**
 * Remembers what a transport tells, and holds its thread when a packet says so.
 * Thread-safe.
 */
final class RecordingReceiver implements ClusterReceiver {

	/**
	 * The packet that holds the thread until {@link #release()}.
	 */
	static final byte[] HOLD = { 1 };

	private final List<byte[]> packets = new CopyOnWriteArrayList<>();

	private final List<String> reasons = new CopyOnWriteArrayList<>();

	private final CountDownLatch released = new CountDownLatch(1);

	private volatile int connections;

	private volatile boolean holding;

	@Override
	public void received(byte[] packet) {
		this.packets.add(packet);
		if (packet.length == HOLD.length && packet[0] == HOLD[0]) {
			this.holding = true;
			hold();
		}
	}

	private void hold() {
		try {
			this.released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void connected() {
		this.connections++;
	}

	@Override
	public void disconnected(String reason) {
		this.reasons.add(reason);
	}

	void release() {
		this.released.countDown();
	}

	boolean isHolding() {
		return this.holding;
	}

	List<byte[]> packets() {
		return this.packets;
	}

	List<String> reasons() {
		return this.reasons;
	}

	int connections() {
		return this.connections;
	}

}
