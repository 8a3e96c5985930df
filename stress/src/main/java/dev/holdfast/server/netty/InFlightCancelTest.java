package dev.holdfast.server.netty;

import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * A handling says what to cancel while its connection closes: it is cancelled once,
 * whoever is first.
 */
@JCStressTest
@Outcome(id = "1, true", expect = Expect.ACCEPTABLE, desc = "Cancelled once")
@Outcome(expect = Expect.FORBIDDEN, desc = "Never cancelled, or twice")
@State
public class InFlightCancelTest {

	private final FramedConnection connection = StressedServer.connection();

	private final ExchangeQueue queue = new ExchangeQueue(this.connection, 2, 16);

	private final PendingExchange exchange = this.queue.begin(0, false);

	private final AtomicInteger cancelled = new AtomicInteger();

	@Actor
	public void handle() {
		this.exchange.onCancel(this.cancelled::incrementAndGet);
	}

	@Actor
	public void close() {
		this.queue.cancel();
	}

	@Arbiter
	public void count(IZ_Result result) {
		result.r1 = this.cancelled.get();
		result.r2 = this.exchange.isCancelled() && this.queue.isIdle();
	}

}
