package dev.holdfast.server.netty;

import io.netty.channel.EventLoop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads hand tasks to one event loop: each is run once, those of one thread in
 * their order.
 */
@JCStressTest
@Outcome(id = "12, 12", expect = Expect.ACCEPTABLE, desc = "Each once and in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, repeated or out of order")
@State
public class LoopInboxTest {

	private static final EventLoop eventLoop = StressedServer.eventLoop();

	private final LoopInbox inbox = new LoopInbox(eventLoop, () -> {
	});

	private volatile int one;

	private volatile int two;

	@Actor
	public void one() {
		this.inbox.add(LoopTask.of(() -> this.one = this.one * 10 + 1));
		this.inbox.add(LoopTask.of(() -> this.one = this.one * 10 + 2));
	}

	@Actor
	public void two() {
		this.inbox.add(LoopTask.of(() -> this.two = this.two * 10 + 1));
		this.inbox.add(LoopTask.of(() -> this.two = this.two * 10 + 2));
	}

	@Arbiter
	public void await(II_Result result) {
		eventLoop.submit(() -> {
		}).syncUninterruptibly();
		result.r1 = this.one;
		result.r2 = this.two;
	}

}
