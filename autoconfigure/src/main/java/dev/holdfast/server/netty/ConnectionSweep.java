package dev.holdfast.server.netty;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;

/**
 * The deadlines of the connections of one event loop. For each slot stands the tick at
 * which its connection next has a deadline to look at, so that a sweep walks an array of
 * numbers and touches a connection only when something may be due. However many are due
 * at once, the loop reads and writes between portions of them. Confined to the event
 * loop, but for {@link #lagNanos}, which any thread may call.
 */
final class ConnectionSweep {

	static final int NEVER = Integer.MAX_VALUE;

	static final int PORTION = 64;

	private static final int MILLIS = 500;

	private static final long LAG_MEMORY = TimeUnit.SECONDS.toNanos(10);

	private static final long STALL = TimeUnit.SECONDS.toNanos(1);

	private final EventLoop eventLoop;

	private final Action action;

	private int[] due;

	private int used;

	private int position;

	private boolean paused;

	private boolean stalled;

	private int tick;

	private volatile long lag;

	private long lagSince;

	private volatile long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);

	/**
	 * Create a new {@link ConnectionSweep}.
	 * @param eventLoop the event loop
	 * @param slots how many slots there are at first
	 * @param action what to do with a slot that is due
	 */
	ConnectionSweep(EventLoop eventLoop, int slots, Action action) {
		this.eventLoop = eventLoop;
		this.due = new int[slots];
		this.action = action;
	}

	void start() {
		this.eventLoop.scheduleWithFixedDelay(this::run, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Forget when a slot was due.
	 * @param slot the slot
	 */
	void clear(int slot) {
		if (slot >= this.due.length) {
			this.due = Arrays.copyOf(this.due, slot + 1 + slot / 4);
		}
		this.used = Math.max(this.used, slot + 1);
		this.due[slot] = NEVER;
	}

	/**
	 * Look at a slot no later than at a tick.
	 * @param slot the slot
	 * @param tick the tick
	 */
	void due(int slot, int tick) {
		if (tick < this.due[slot]) {
			this.due[slot] = tick;
		}
	}

	/**
	 * Look at all slots, unless the last sweep goes on. After a stall this waits for the
	 * next time, once: what came meanwhile is read before anybody is called late.
	 */
	void run() {
		long nanoTime = System.nanoTime();
		long nanos = nanoTime - this.next;
		late(nanos, nanoTime);
		this.next = nanoTime + TimeUnit.MILLISECONDS.toNanos(MILLIS);
		this.stalled = nanos > STALL && !this.stalled;
		if (!this.paused && !this.stalled) {
			this.position = 0;
			this.tick = LoopClock.tick(nanoTime);
			runPortion();
		}
	}

	private void late(long nanos, long nanoTime) {
		if (nanos >= this.lag || nanoTime - this.lagSince > LAG_MEMORY) {
			this.lag = Math.max(nanos, 0);
			this.lagSince = nanoTime;
		}
	}

	private void runPortion() {
		int budget = PORTION;
		while (this.position < this.used && budget > 0) {
			int slot = this.position++;
			if (this.due[slot] <= this.tick) {
				this.due[slot] = NEVER;
				this.action.look(slot, this.tick);
				budget--;
			}
		}
		this.paused = this.position < this.used;
		if (this.paused) {
			this.eventLoop.schedule(this::runPortion, 0, TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Return how late the last sweep was, or how late the next one is already.
	 * @return the delay in nanoseconds
	 */
	long lagNanos() {
		return Math.max(this.lag, System.nanoTime() - this.next);
	}

	/**
	 * What to do with a slot that is due.
	 */
	@FunctionalInterface
	interface Action {

		void look(int slot, int now);

	}

}
