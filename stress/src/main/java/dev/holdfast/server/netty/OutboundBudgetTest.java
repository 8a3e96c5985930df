package dev.holdfast.server.netty;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * Two threads charge the outbound budget of one connection and give back what they
 * charged: at least one is let in, each at most by one message over the budget, and
 * nothing stays charged.
 */
@JCStressTest
@Outcome(id = { "true, true, 0", "true, false, 0", "false, true, 0" }, expect = Expect.ACCEPTABLE,
		desc = "All is given back")
@Outcome(expect = Expect.FORBIDDEN, desc = "Bytes stay charged, or nobody was let in")
@State
public class OutboundBudgetTest {

	private final FramedConnection connection = StressedServer.connection();

	@Actor
	public void one(ZZJ_Result result) {
		result.r1 = charge();
	}

	@Actor
	public void two(ZZJ_Result result) {
		result.r2 = charge();
	}

	private boolean charge() {
		boolean charged = this.connection.reserve(StressedServer.MAX_PENDING);
		if (charged) {
			this.connection.unreserve(StressedServer.MAX_PENDING);
		}
		return charged;
	}

	@Arbiter
	public void pending(ZZJ_Result result) {
		result.r3 = this.connection.pendingBytes();
	}

}
