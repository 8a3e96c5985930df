package dev.holdfast.server.netty;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What both ends of each connection counted, kept until both have told it, so that a long
 * run needs no more memory than a short one. Thread-safe.
 */
final class ScenarioLedger {

	private final Map<Long, long[]> open = new ConcurrentHashMap<>();

	private final Queue<String> differences = new ConcurrentLinkedQueue<>();

	private final AtomicLong balanced = new AtomicLong();

	/**
	 * Enter what one end counted.
	 * @param number the number of the client
	 * @param requests the number of requests
	 * @param replies the number of replies
	 */
	void enter(long number, long requests, long replies) {
		long[] counts = { requests, replies };
		long[] other = this.open.putIfAbsent(number, counts);
		if (other != null) {
			this.open.remove(number);
			this.balanced.incrementAndGet();
			if (!Arrays.equals(counts, other)) {
				this.differences.add("Client %d: requests and replies are %s at one end and %s at the other"
					.formatted(number, Arrays.toString(counts), Arrays.toString(other)));
			}
		}
	}

	/**
	 * Check that both ends of all connections counted the same.
	 */
	void check() {
		await().untilAsserted(() -> assertThat(this.open.keySet()).as("told by one end only").isEmpty());
		assertThat(this.differences).isEmpty();
		assertThat(this.balanced.get()).isPositive();
	}

}
