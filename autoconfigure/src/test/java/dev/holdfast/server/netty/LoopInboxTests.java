package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

/**
 * Tests for {@link LoopInbox}.
 */
class LoopInboxTests {

	private final EventLoop eventLoop = new DefaultEventLoop();

	private final AtomicInteger portions = new AtomicInteger();

	private final LoopInbox inbox = new LoopInbox(this.eventLoop, this.portions::incrementAndGet);

	private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() {
		this.eventLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
	}

	@Test
	void addWhenThereAreManyRunsAllInOrderInPortions() throws Exception {
		CountDownLatch release = hold();
		AtomicInteger between = new AtomicInteger();
		addNumbers(5000);
		this.eventLoop.schedule(() -> between.set(this.done.size()), 0, TimeUnit.NANOSECONDS);
		release.countDown();
		await().until(() -> this.done.size() == 5000);
		assertThat(this.done).isEqualTo(numbers(5000));
		await().untilAtomic(this.portions, greaterThanOrEqualTo(5));
		assertThat(between).hasValueLessThan(5000);
	}

	@Test
	void addWhenTaskIsNotDoneRunsItAgainBeforeOthers() throws Exception {
		CountDownLatch release = hold();
		this.inbox.add(new Repeating(3));
		addNumbers(2);
		release.countDown();
		await().until(() -> this.done.size() == 5);
		assertThat(this.done).containsExactly(-1, -1, -1, 0, 1);
	}

	@Test
	void addWhenTaskFailsRunsTheOthers() {
		try (RecordedLog log = RecordedLog.of(LoopInbox.class)) {
			this.inbox.add(LoopTask.of(() -> {
				throw new IllegalStateException("broken");
			}));
			addNumbers(2);
			await().until(() -> this.done.size() == 2);
			assertThat(log.lines()).containsExactly("A task of an event loop failed");
		}
	}

	@Test
	void addWhenFromManyThreadsLosesNothing() throws Exception {
		List<Thread> threads = IntStream.range(0, 4).mapToObj((i) -> new Thread(() -> addNumbers(20_000))).toList();
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join(20_000);
		}
		await().until(() -> this.done.size() == 80_000);
	}

	@Test
	void addWhenLoopEndsRunsOrDiscardsAll() throws Exception {
		CountDownLatch release = hold();
		AtomicInteger ended = new AtomicInteger();
		for (int i = 0; i < 5000; i++) {
			this.inbox.add(new Counting(ended));
		}
		this.eventLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
		release.countDown();
		assertThat(this.eventLoop.terminationFuture().await(10, TimeUnit.SECONDS)).isTrue();
		await().untilAtomic(ended, equalTo(5000));
		assertThat(this.inbox.add(new Counting(ended))).isFalse();
		assertThat(ended).hasValue(5001);
	}

	@Test
	void barriersWhenTaskGathersStayAsTheyWere() {
		int barriers = this.inbox.barriers();
		this.inbox.addGathering(LoopTask.of(() -> {
		}));
		assertThat(this.inbox.barriers()).isEqualTo(barriers);
		this.inbox.add(LoopTask.of(() -> {
		}));
		assertThat(this.inbox.barriers()).isNotEqualTo(barriers);
	}

	private CountDownLatch hold() throws InterruptedException {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		this.eventLoop.execute(() -> {
			held.countDown();
			try {
				release.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		held.await(10, TimeUnit.SECONDS);
		return release;
	}

	private void addNumbers(int count) {
		IntStream.range(0, count).forEach((i) -> this.inbox.add(LoopTask.of(() -> this.done.add(i))));
	}

	private static List<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	private final class Repeating extends LoopTask {

		private int left;

		Repeating(int times) {
			this.left = times;
		}

		@Override
		boolean run() {
			LoopInboxTests.this.done.add(-1);
			return --this.left == 0;
		}

		@Override
		void discard() {
		}

	}

	private static final class Counting extends LoopTask {

		private final AtomicInteger ended;

		Counting(AtomicInteger ended) {
			this.ended = ended;
		}

		@Override
		boolean run() {
			this.ended.incrementAndGet();
			return true;
		}

		@Override
		void discard() {
			this.ended.incrementAndGet();
		}

	}

}
