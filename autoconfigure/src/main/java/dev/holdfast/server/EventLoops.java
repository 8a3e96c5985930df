package dev.holdfast.server;

import java.time.Duration;

/**
 * What can be seen of the event loops. Thread-safe.
 */
public interface EventLoops {

	/**
	 * Return how many event loops the servers share.
	 * @return the number of event loops
	 */
	int count();

	/**
	 * Return how often a handler held an event loop for longer than
	 * {@code holdfast.watchdog.threshold}.
	 * @return the number of times
	 */
	long blocked();

	/**
	 * Return how often a handler of one server held an event loop for longer than
	 * {@code holdfast.watchdog.threshold}.
	 * @param server the name of the server
	 * @return the number of times, 0 when there is no such server
	 */
	long blocked(String server);

	/**
	 * Return how late the busiest event loop was with its periodic task, at worst in the
	 * last ten seconds.
	 * @return the delay
	 */
	Duration lag();

}
