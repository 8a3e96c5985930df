package dev.holdfast.server.netty;

import java.util.concurrent.atomic.AtomicLong;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * A connection joins and leaves a group at once: the group and the connection agree
 * afterwards.
 */
@JCStressTest
@Outcome(id = { "0, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "Both sides agree")
@Outcome(expect = Expect.FORBIDDEN, desc = "The index and the connection differ")
@State
public class JoinAndLeaveTest {

	private static final AtomicLong numbers = new AtomicLong();

	private final String name = "group-" + numbers.incrementAndGet();

	private final FramedConnection connection = StressedServer.connection();

	@Actor
	public void join() {
		this.connection.join(this.name);
	}

	@Actor
	public void leave() {
		this.connection.leave(this.name);
	}

	@Arbiter
	public void count(JJ_Result result) {
		result.r1 = StressedServer.members(this.name);
		result.r2 = this.connection.groups().size();
		this.connection.leaveAll();
	}

}
