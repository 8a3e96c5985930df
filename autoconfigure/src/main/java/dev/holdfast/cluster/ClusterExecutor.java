package dev.holdfast.cluster;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The thread of a node that does its upkeep, one task at a time. A task that fails is
 * logged; what comes after the end is ignored. Thread-safe.
 */
final class ClusterExecutor implements Executor {

	private static final Log logger = LogFactory.getLog(ClusterExecutor.class);

	private final RecurringWarning failure = new RecurringWarning(logger);

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "holdfast-cluster");
		thread.setDaemon(true);
		return thread;
	});

	@Override
	public void execute(Runnable task) {
		schedule(task, 0);
	}

	/**
	 * Run a task later.
	 * @param task the task
	 * @param millis the delay in milliseconds
	 */
	void schedule(Runnable task, long millis) {
		try {
			this.executor.schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The node has left the cluster", ex);
		}
	}

	/**
	 * Run a task again and again.
	 * @param task the task
	 * @param nanos the time between two runs in nanoseconds
	 */
	void repeat(Runnable task, long nanos) {
		this.executor.scheduleAtFixedRate(() -> run(task), nanos, nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Run a task now, on the calling thread.
	 * @param task the task
	 */
	void run(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			this.failure.log("Upkeep of the cluster failed", ex);
		}
	}

	void shutdown() {
		this.executor.shutdownNow();
	}

	boolean isShutdown() {
		return this.executor.isShutdown();
	}

}
