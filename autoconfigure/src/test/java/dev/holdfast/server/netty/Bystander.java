package dev.holdfast.server.netty;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A well-behaved client beside a crowd: all the time, one thread asks on connections that
 * stay open, one on each event loop, and another one comes in anew. Remembers the longest
 * wait for an answer in each phase. Thread-safe.
 */
final class Bystander implements AutoCloseable {

	private static final long KEPT_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private static final long NEW_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private final Way way;

	private final List<Conversation> kept = new ArrayList<>();

	private final List<Thread> threads;

	private final Map<Phase, Waits> keptWaits = waits();

	private final Map<Phase, Waits> newWaits = waits();

	private volatile Phase phase = Phase.ALONE;

	private volatile boolean stopped;

	private volatile Exception failure;

	Bystander(int loops, Way way) throws Exception {
		this.way = way;
		for (int i = 0; i < loops; i++) {
			this.kept.add(way.comeIn());
		}
		this.threads = List.of(thread("kept", this::askKept), thread("new", this::comeIn));
		this.threads.forEach(Thread::start);
	}

	private static Map<Phase, Waits> waits() {
		Map<Phase, Waits> waits = new EnumMap<>(Phase.class);
		for (Phase phase : Phase.values()) {
			waits.put(phase, new Waits());
		}
		return waits;
	}

	private Thread thread(String name, Turn turn) {
		return new Thread(() -> {
			while (!this.stopped) {
				try {
					turn.take();
				}
				catch (Exception ex) {
					this.failure = ex;
					this.stopped = true;
				}
			}
		}, "bystander-" + name);
	}

	private void askKept() throws Exception {
		for (Conversation conversation : this.kept) {
			Phase phase = this.phase;
			long began = System.nanoTime();
			ask(conversation, "still there?");
			this.keptWaits.get(phase).add(System.nanoTime() - began);
		}
		LockSupport.parkNanos(KEPT_PAUSE);
	}

	private void comeIn() throws Exception {
		Phase phase = this.phase;
		long began = System.nanoTime();
		try (Conversation conversation = this.way.comeIn()) {
			ask(conversation, "hello");
			this.newWaits.get(phase).add(System.nanoTime() - began);
		}
		LockSupport.parkNanos(NEW_PAUSE);
	}

	private static void ask(Conversation conversation, String text) throws IOException {
		String answer = conversation.ask(text);
		if (!answer.equals(text)) {
			throw new IOException("'%s' was answered by '%s'".formatted(text, answer));
		}
	}

	/**
	 * Count waits that begin from now on for another phase.
	 * @param phase the phase
	 */
	void enter(Phase phase) {
		this.phase = phase;
	}

	/**
	 * Return how often an answer came in a phase.
	 * @param phase the phase
	 * @return the smaller of the numbers of both threads
	 */
	int answers(Phase phase) {
		return Math.min(this.keptWaits.get(phase).count, this.newWaits.get(phase).count);
	}

	/**
	 * Return the longest wait of all phases beside the crowd.
	 * @return the wait
	 */
	Duration longest() {
		long longest = 0;
		for (Phase phase : Phase.values()) {
			if (phase != Phase.ALONE) {
				longest = Math.max(longest,
						Math.max(this.keptWaits.get(phase).longest, this.newWaits.get(phase).longest));
			}
		}
		return Duration.ofNanos(longest);
	}

	@Override
	public void close() throws Exception {
		this.stopped = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
		for (Conversation conversation : this.kept) {
			conversation.close();
		}
		if (this.failure != null) {
			throw this.failure;
		}
	}

	@Override
	public String toString() {
		return "kept " + this.keptWaits + ", new " + this.newWaits;
	}

	/**
	 * What the crowd does meanwhile.
	 */
	enum Phase {

		ALONE, OPENING, HELD, ENDING

	}

	/**
	 * How to come in.
	 */
	@FunctionalInterface
	interface Way {

		Conversation comeIn() throws Exception;

	}

	/**
	 * A connection on which each message is answered by itself.
	 */
	interface Conversation extends AutoCloseable {

		String ask(String text) throws IOException;

		@Override
		void close() throws IOException;

	}

	@FunctionalInterface
	private interface Turn {

		void take() throws Exception;

	}

	/**
	 * The waits of one thread in one phase. Written by that thread alone.
	 */
	private static final class Waits {

		private volatile int count;

		private volatile long longest;

		private void add(long nanos) {
			this.longest = Math.max(this.longest, nanos);
			this.count++;
		}

		@Override
		public String toString() {
			return "%.1f ms of %,d".formatted(this.longest / 1e6, this.count);
		}

	}

}
