package dev.holdfast.server.netty;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.holdfast.connection.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link PendingEnds}.
 */
class PendingEndsTests {

	private static final int MANY = 3 * PendingEnds.PORTION;

	private final EventLoop eventLoop = new DefaultEventLoop();

	private final NettyConnection connection = mock(NettyConnection.class);

	private final List<Integer> portions = new CopyOnWriteArrayList<>();

	private int ended;

	@AfterEach
	void stop() {
		this.eventLoop.shutdownGracefully(0, 10, TimeUnit.SECONDS);
	}

	@Test
	void addWhenFewEndsAtOnce() throws Exception {
		assertThat(endedAtOnce(5, (ended) -> this.ended++)).isEqualTo(5);
	}

	@Test
	void addWhenManyLeavesTurnsToOthersBetweenPortions() throws Exception {
		assertThat(endedAtOnce(MANY, this::end)).isEqualTo(PendingEnds.PORTION);
		await().until(() -> count() == MANY);
		assertThat(this.portions).contains(PendingEnds.PORTION, 2 * PendingEnds.PORTION);
		assertThat(endedAtOnce(1, (ended) -> this.ended++)).isEqualTo(MANY + 1);
	}

	@Test
	void addWhenOneFailsAbortsItAndEndsOthers() throws Exception {
		assertThat(endedAtOnce(MANY, (ended) -> {
			if (++this.ended % 2 == 0) {
				throw new IllegalStateException("Cannot end");
			}
		})).isEqualTo(PendingEnds.PORTION);
		await().until(() -> count() == MANY);
		then(this.connection).should(times(MANY / 2)).abortNow(CloseReason.TRANSPORT_ERROR);
	}

	/**
	 * Notes how many have ended when the loop comes to what others asked of it.
	 * @param connection the connection
	 */
	private void end(NettyConnection connection) {
		this.ended++;
		if (this.ended % PendingEnds.PORTION == 0) {
			this.eventLoop.execute(() -> this.portions.add(this.ended));
		}
	}

	private int endedAtOnce(int count, Consumer<NettyConnection> action) throws Exception {
		return this.eventLoop.submit(() -> {
			PendingEnds ends = new PendingEnds(this.eventLoop, action);
			for (int i = 0; i < count; i++) {
				ends.add(this.connection);
			}
			return this.ended;
		}).get();
	}

	private int count() throws Exception {
		return this.eventLoop.submit(() -> this.ended).get();
	}

}
