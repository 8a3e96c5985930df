package dev.holdfast.server.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What other threads hand to one event loop. However much it is, one task of the loop
 * waits for it, runs it in the order in which it was added, and lets the loop read and
 * write between portions of it. Thread-safe.
 */
final class LoopInbox {

	private static final Log logger = LogFactory.getLog(LoopInbox.class);

	private static final VarHandle LAST = handle("last", LoopTask.class);

	private static final VarHandle BARRIERS = handle("barriers", int.class);

	private static final int PORTION = 1024;

	private final EventLoop eventLoop;

	private final Runnable afterPortion;

	private volatile @Nullable LoopTask last;

	private volatile int barriers;

	private @Nullable LoopTask rest;

	private boolean running;

	private int budget = PORTION;

	private boolean paused;

	/**
	 * Create a new {@link LoopInbox}.
	 * @param eventLoop the event loop
	 * @param afterPortion what to run on the loop after each portion
	 */
	LoopInbox(EventLoop eventLoop, Runnable afterPortion) {
		this.eventLoop = eventLoop;
		this.afterPortion = afterPortion;
	}

	private static VarHandle handle(String field, Class<?> type) {
		try {
			return MethodHandles.lookup().findVarHandle(LoopInbox.class, field, type);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * Add a task that nothing added later may overtake.
	 * @param task the task
	 * @return {@code false} if the loop has ended and the task was discarded
	 */
	boolean add(LoopTask task) {
		boolean added = addGathering(task);
		BARRIERS.getAndAdd(this, 1);
		if (!added) {
			discard();
		}
		return added;
	}

	/**
	 * Add a task that gathers what comes later, as long as {@link #barriers()} stays as
	 * it was before this call.
	 * @param task the task
	 * @return {@code false} if the loop has ended and {@link #discard()} is to be called
	 */
	boolean addGathering(LoopTask task) {
		LoopTask previous;
		do {
			previous = this.last;
			task.next = previous;
		}
		while (!LAST.compareAndSet(this, previous, task));
		return previous != null || schedule();
	}

	/**
	 * Return how many tasks were added that nothing may overtake.
	 * @return a number to compare with
	 */
	int barriers() {
		return this.barriers;
	}

	private boolean schedule() {
		try {
			this.eventLoop.execute(this::run);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/**
	 * Let go of all that was added, because the loop has ended.
	 */
	void discard() {
		for (LoopTask task = take(); task != null; task = task.next) {
			task.discard();
		}
	}

	/**
	 * Whether what the loop does now came from here, so that the end of the portion
	 * follows.
	 * @return whether a portion is being run
	 */
	boolean isRunning() {
		return this.running;
	}

	private void run() {
		if (!this.paused) {
			runPortion();
		}
	}

	private void runPortion() {
		this.running = true;
		for (LoopTask task = next(); task != null; task = (this.budget > 0) ? next() : null) {
			this.budget -= task.work();
			this.rest = task.next;
			if (!run(task)) {
				this.rest = task;
			}
		}
		this.running = false;
		this.afterPortion.run();
		if (this.budget <= 0) {
			this.paused = true;
			this.eventLoop.schedule(() -> {
			}, 0, TimeUnit.NANOSECONDS).addListener(this::goOn);
		}
	}

	private @Nullable LoopTask next() {
		return (this.rest != null) ? this.rest : take();
	}

	private void goOn(Future<?> pause) {
		do {
			this.paused = false;
			this.budget = PORTION;
			runPortion();
		}
		while (pause.isCancelled() && (this.rest != null || this.last != null));
	}

	private static boolean run(LoopTask task) {
		try {
			return task.run();
		}
		catch (Throwable ex) {
			logger.warn("A task of an event loop failed", ex);
			return true;
		}
	}

	/**
	 * Take all that was added.
	 * @return the first, from which the others follow in their order
	 */
	private @Nullable LoopTask take() {
		LoopTask first = null;
		LoopTask task = (LoopTask) LAST.getAndSet(this, null);
		while (task != null) {
			LoopTask earlier = task.next;
			task.next = first;
			first = task;
			task = earlier;
		}
		return first;
	}

}
