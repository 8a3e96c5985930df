package dev.holdfast.server.netty;

import org.jspecify.annotations.Nullable;

/**
 * Something that other threads hand to an event loop: a link of the chain that
 * {@link LoopInbox} is, so that waiting costs nothing else. Added once. Confined to its
 * event loop, once it was added.
 */
abstract class LoopTask {

	@Nullable LoopTask next;

	/**
	 * Do some of the work.
	 * @return whether all of it is done; the task goes on later and before any other
	 * otherwise
	 */
	abstract boolean run();

	/**
	 * Return about how much work the next call of {@link #run} is.
	 * @return the number of connections that it writes to
	 */
	int work() {
		return 1;
	}

	/**
	 * Let go of what the task holds, because the event loop has ended. Any thread.
	 */
	abstract void discard();

	/**
	 * Return a task that runs an action.
	 * @param action the action
	 * @return the task
	 */
	static LoopTask of(Runnable action) {
		return new LoopTask() {

			@Override
			boolean run() {
				action.run();
				return true;
			}

			@Override
			void discard() {
			}

		};
	}

}
