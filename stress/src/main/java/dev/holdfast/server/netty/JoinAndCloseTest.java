package dev.holdfast.server.netty;

import java.util.concurrent.atomic.AtomicLong;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJJ_Result;

/**
 * A connection joins a group and is bound to a user while it is closed: whoever is first,
 * neither the group nor the user has a member afterwards.
 */
@JCStressTest
@Outcome(id = "(true|false), 0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing is left")
@Outcome(expect = Expect.FORBIDDEN, desc = "A closed connection is still a member")
@State
public class JoinAndCloseTest {

	private static final AtomicLong numbers = new AtomicLong();

	private final String name = "name-" + numbers.incrementAndGet();

	private final FramedConnection connection = StressedServer.connection();

	@Actor
	public void join(ZJJ_Result result) {
		result.r1 = this.connection.join(this.name);
		this.connection.bindUser(this.name);
	}

	@Actor
	public void close() {
		this.connection.leaveAll();
	}

	@Arbiter
	public void count(ZJJ_Result result) {
		result.r2 = StressedServer.members(this.name);
		result.r3 = StressedServer.bound(this.name);
	}

}
