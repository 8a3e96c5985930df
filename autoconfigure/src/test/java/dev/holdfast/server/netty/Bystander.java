package dev.holdfast.server.netty;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A well-behaved client beside a crowd: all the time, one thread asks on connections that
 * stay open, one on each event loop, and another one comes in anew. Remembers how long
 * answers took in each phase. Thread-safe.
 */
final class Bystander implements AutoCloseable {

	private static final long KEPT_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private static final long NEW_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private final Way way;

	private final List<Conversation> kept = new ArrayList<>();

	private final List<Thread> threads;

	private final Map<Phase, Waits> keptWaits = waits();

	private final Map<Phase, Waits> newWaits = waits();

	private volatile Phase phase = Phase.WARMING_UP;

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
	 * Return how many connections stay open all the time.
	 * @return the number of connections
	 */
	int kept() {
		return this.kept.size();
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
	 * Return the longest wait of some phases.
	 * @param phases the phases
	 * @return the wait
	 */
	Duration longest(Phase... phases) {
		return Duration.ofNanos(Stream.of(phases)
			.mapToLong((phase) -> Math.max(this.keptWaits.get(phase).longest(), this.newWaits.get(phase).longest()))
			.max()
			.orElse(0));
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

		WARMING_UP, ALONE, OPENING, LEAVING, HELD, ENDING

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

		private volatile long[] nanos = new long[1024];

		private volatile int count;

		private void add(long nanos) {
			if (this.count == this.nanos.length) {
				this.nanos = Arrays.copyOf(this.nanos, 2 * this.count);
			}
			this.nanos[this.count] = nanos;
			this.count++;
		}

		private long[] sorted() {
			int count = this.count;
			long[] sorted = Arrays.copyOf(this.nanos, count);
			Arrays.sort(sorted);
			return sorted;
		}

		private long longest() {
			int count = this.count;
			return Arrays.stream(this.nanos, 0, count).max().orElse(0);
		}

		@Override
		public String toString() {
			long[] sorted = sorted();
			return (sorted.length == 0) ? "none"
					: "%.1f / %.1f / %.1f ms of %,d".formatted(sorted[sorted.length / 2] / 1e6,
							sorted[(int) (sorted.length * 0.99)] / 1e6, sorted[sorted.length - 1] / 1e6, sorted.length);
		}

	}

}
