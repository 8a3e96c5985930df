package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sweep of {@link ConnectionLoop}.
 */
class SweepTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ConnectionLoop loop = new ConnectionLoop(this.channel.eventLoop(), 0, "my-node");

	private TestServer server = TestServer.with(new EchoController()).build(0);

	@AfterEach
	void close() throws Exception {
		this.channel.finishAndReleaseAll();
		this.server.close();
	}

	@Test
	void sweepWhenSomeAreDueTouchesThemOnly() {
		List<CountingConnection> connections = register(200);
		for (int slot = 0; slot < 200; slot += 10) {
			this.loop.due(slot, LoopClock.tick());
		}
		sweep();
		for (int slot = 0; slot < 200; slot++) {
			assertThat(connections.get(slot).sweeps).isEqualTo((slot % 10 == 0) ? 1 : 0);
		}
	}

	@Test
	void sweepWhenConnectionHasNoDeadlineTouchesItOnceWhenAskedTo() {
		CountingConnection connection = register(1).get(0);
		sweep();
		assertThat(connection.sweeps).isZero();
		this.loop.due(0, LoopClock.tick());
		sweep();
		sweep();
		assertThat(connection.sweeps).isOne();
	}

	@Test
	void sweepWhenDueIsLaterDoesNotTouch() {
		CountingConnection connection = register(1).get(0);
		this.loop.due(0, LoopClock.tick() + 1000);
		sweep();
		assertThat(connection.sweeps).isZero();
	}

	@Test
	void sweepWhenManyAreDueLetsTheLoopGoOnBetweenPortions() {
		List<CountingConnection> connections = register(3 * ConnectionSweep.PORTION);
		IntStream.range(0, connections.size()).forEach((slot) -> this.loop.due(slot, LoopClock.tick()));
		for (int portion = 1; portion <= 3; portion++) {
			sweep();
			assertThat(connections.stream().mapToInt((connection) -> connection.sweeps).sum())
				.isEqualTo(portion * ConnectionSweep.PORTION);
		}
		assertThat(connections).allMatch((connection) -> connection.sweeps == 1);
	}

	@Test
	void dueWhenSetTwiceKeepsTheNearest() {
		List<CountingConnection> connections = register(2);
		this.loop.due(0, LoopClock.tick() + 1000);
		this.loop.due(0, LoopClock.tick());
		this.loop.due(1, LoopClock.tick());
		this.loop.due(1, LoopClock.tick() + 1000);
		sweep();
		assertThat(connections).allMatch((connection) -> connection.sweeps == 1);
	}

	@Test
	void dueWhenSlotIsReusedIsForgotten() {
		CountingConnection connection = register(1).get(0);
		this.loop.due(0, LoopClock.tick());
		this.loop.unregister(connection);
		CountingConnection next = register(1).get(0);
		sweep();
		assertThat(next.sweeps).isZero();
	}

	@Test
	void sweepWhenConnectionFailsGoesOn() {
		try (RecordedLog log = RecordedLog.of(ConnectionLoop.class)) {
			List<CountingConnection> connections = register(3);
			connections.get(1).failing = true;
			IntStream.range(0, 3).forEach((slot) -> this.loop.due(slot, LoopClock.tick()));
			sweep();
			assertThat(connections).allMatch((connection) -> connection.sweeps == 1);
			assertThat(log.lines()).containsExactly("Deadlines of connection 'my-node-0-1-1' could not be checked");
		}
	}

	@Test
	void sweepWhenDeadlineIsSetLooksAgainWhenItIsDue() throws Exception {
		this.server.close();
		this.server = TestServer.with(new EchoController()).idleTimeout(Duration.ofHours(1)).build(0);
		CountingConnection connection = register(1).get(0);
		this.loop.due(0, LoopClock.tick());
		sweep();
		sweep();
		assertThat(connection.sweeps).isOne();
		assertThat(connection.isOpen()).isTrue();
	}

	private List<CountingConnection> register(int count) {
		ServerLoop home = new ServerLoop(this.loop, (NettySocketServer) this.server.server());
		return IntStream.range(0, count).mapToObj((i) -> {
			CountingConnection connection = new CountingConnection(this.channel, home);
			this.loop.register(connection);
			connection.state(ConnectionState.OPEN);
			return connection;
		}).toList();
	}

	private void sweep() {
		this.channel.advanceTimeBy(500, TimeUnit.MILLISECONDS);
		this.channel.runScheduledPendingTasks();
	}

	private static final class CountingConnection extends InboundConnection {

		private int sweeps;

		private boolean failing;

		private CountingConnection(EmbeddedChannel channel, ServerLoop home) {
			super(channel, home);
		}

		@Override
		int sweepFrame(int now) {
			this.sweeps++;
			if (this.failing) {
				throw new IllegalStateException("This connection always fails");
			}
			return ConnectionSweep.NEVER;
		}

		@Override
		void decode() {
		}

		@Override
		boolean hasInput() {
			return false;
		}

		@Override
		void writePing() {
		}

		@Override
		void discardInput() {
		}

		@Override
		void encode(Object message, ByteBuf out) {
		}

	}

}
