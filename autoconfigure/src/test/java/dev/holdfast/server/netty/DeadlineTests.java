package dev.holdfast.server.netty;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.limit.OverflowPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Deadlines and heartbeats of open connections: never early and at most a second late.
 */
@ExtendWith(LeakDetection.class)
class DeadlineTests {

	private static final Duration SHORT = Duration.ofMillis(600);

	private static final Duration LATE = Duration.ofMillis(1100);

	private final LoginController controller = new LoginController();

	private final ConnectionTimes times = new ConnectionTimes();

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	@AfterEach
	void shutdown() {
		this.executor.shutdownNow();
	}

	@Test
	void idleWhenNothingIsReadEndsEachConnectionInItsTime() throws Exception {
		try (TestServer server = with().idleTimeout(SHORT).start()) {
			for (int i = 0; i < 15; i++) {
				server.connect();
				pass(Duration.ofMillis(37));
			}
			await().until(() -> this.times.lives().size() == 15);
			assertThat(this.times.lives()).allSatisfy((life) -> assertThat(life).isBetween(SHORT, SHORT.plus(LATE)));
			assertThat(server.closed(CloseReason.IDLE)).isEqualTo(15);
		}
	}

	@Test
	void idleWhenClientSendsIsMeasuredFromLastRead() throws Exception {
		try (TestServer server = with().idleTimeout(SHORT).start(); TestClient client = server.connect()) {
			long began = 0;
			for (int i = 0; i < 8; i++) {
				pass(Duration.ofMillis(250));
				began = System.nanoTime();
				assertThat(client.ask("m" + i)).isEqualTo("m" + i);
			}
			assertThat(client.readText()).isEmpty();
			assertThat(since(began)).isBetween(SHORT, SHORT.plus(LATE));
			server.awaitClosed(CloseReason.IDLE);
		}
	}

	@Test
	void idleWhenServerOnlyWritesEndsConnection() throws Exception {
		try (TestServer server = with().idleTimeout(SHORT).start(); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			every(Duration.ofMillis(100), () -> connection.send("push"));
			assertThat(client.readText()).contains("push");
			server.awaitClosed(CloseReason.IDLE);
			assertThat(this.times.lives()).allSatisfy((life) -> assertThat(life).isBetween(SHORT, SHORT.plus(LATE)));
		}
	}

	@Test
	void loginWhenUserIsNotBoundInTimeEndsConnection() throws Exception {
		try (TestServer server = with().loginTimeout(SHORT).start()) {
			TestClient bound = server.connect();
			TestClient unbound = server.connect();
			assertThat(unbound.ask("hello")).isEqualTo("hello");
			assertThat(bound.ask("login")).isEqualTo("user");
			assertThat(unbound.readText()).isEmpty();
			await().until(() -> this.times.lives().size() == 1);
			assertThat(this.times.lives().get(0)).isBetween(SHORT, SHORT.plus(LATE));
			server.awaitClosed(CloseReason.LOGIN_TIMEOUT);
			pass(LATE);
			assertThat(bound.ask("still here")).isEqualTo("still here");
		}
	}

	@Test
	void loginWhenUserIsUnboundBeforeDeadlineEndsConnection() throws Exception {
		try (TestServer server = with().loginTimeout(SHORT).start(); TestClient client = server.connect()) {
			assertThat(client.ask("login")).isEqualTo("user");
			assertThat(client.ask("logout")).isEqualTo("bye");
			server.awaitClosed(CloseReason.LOGIN_TIMEOUT);
		}
	}

	@Test
	void loginWhenUserIsUnboundAfterDeadlineKeepsConnection() throws Exception {
		try (TestServer server = with().loginTimeout(SHORT).idleTimeout(SHORT).start();
				TestClient client = server.connect()) {
			assertThat(client.ask("login")).isEqualTo("user");
			for (int i = 0; i < 6; i++) {
				pass(Duration.ofMillis(300));
				assertThat(client.ask("m")).isEqualTo("m");
			}
			assertThat(client.ask("logout")).isEqualTo("bye");
			assertThat(client.readText()).isEmpty();
			server.awaitClosed(CloseReason.IDLE);
		}
	}

	@Test
	void lifetimeWhenOverEndsConnectionsWithinItsLastTenth() throws Exception {
		Duration lifetime = Duration.ofSeconds(3);
		try (TestServer server = with().maxLifetime(lifetime).start()) {
			for (int i = 0; i < 40; i++) {
				server.connect();
			}
			TestClient busy = server.connect();
			every(Duration.ofMillis(100), () -> send(busy, "x\n"));
			await().until(() -> this.times.lives().size() == 41);
			assertThat(this.times.lives()).allSatisfy(
					(life) -> assertThat(life).isBetween(lifetime.multipliedBy(9).dividedBy(10), lifetime.plus(LATE)));
			assertThat(server.closed(CloseReason.MAX_LIFETIME)).isEqualTo(41);
		}
	}

	@Test
	void heartbeatWhenConnectionIsQuietIsSentAfterEachInterval() throws Exception {
		try (TestServer server = with().heartbeat(SHORT, "beat").start(); TestClient client = server.connect()) {
			long began = System.nanoTime();
			for (int i = 0; i < 3; i++) {
				assertThat(client.line()).isEqualTo("beat");
				assertThat(since(began)).isBetween(Duration.ofMillis(450), SHORT.plus(LATE));
				began = System.nanoTime();
			}
			assertThat(server.statistics().messages().sent()).isZero();
			assertThat(server.onlyConnection().messagesSent()).isZero();
		}
	}

	@Test
	void heartbeatWhenThereIsTrafficIsNotSent() throws Exception {
		try (TestServer server = with().heartbeat(Duration.ofMillis(800), "beat").start()) {
			TestClient asking = server.connect();
			TestClient listening = server.connect();
			server.awaitOpen(2);
			SocketConnection connection = server.connectionOf(listening);
			for (int i = 0; i < 12; i++) {
				assertThat(asking.ask("m" + i)).isEqualTo("m" + i);
				connection.send("push" + i);
				assertThat(listening.line()).isEqualTo("push" + i);
				pass(Duration.ofMillis(150));
			}
			assertThat(asking.line()).isEqualTo("beat");
			assertThat(listening.line()).isEqualTo("beat");
		}
	}

	@Test
	void heartbeatWhenAnsweredKeepsConnectionFromIdling() throws Exception {
		Duration idle = Duration.ofMillis(1800);
		try (TestServer server = with().heartbeat(SHORT, "beat").idleTimeout(idle).start();
				TestClient client = server.connect()) {
			long began = System.nanoTime();
			while (since(began).compareTo(Duration.ofSeconds(4)) < 0) {
				assertThat(client.line()).isEqualTo("beat");
				assertThat(client.ask("answer")).isEqualTo("answer");
			}
			long answered = System.nanoTime();
			assertThat(client.readText()).startsWith("beat\n");
			assertThat(since(answered)).isBetween(idle.minusMillis(20), idle.plus(LATE));
			server.awaitClosed(CloseReason.IDLE);
		}
	}

	@Test
	void heartbeatWhenClientDoesNotReadDoesNotPileUp() throws Exception {
		try (TestServer server = with().heartbeat(Duration.ofMillis(200), "b".repeat(1000))
			.outbound(64 * 1024, 1024 * 1024, OverflowPolicy.DROP)
			.sendBuffer(4096)
			.start(); TestClient client = server.connect(4096)) {
			SocketConnection connection = server.onlyConnection();
			connection.send("x".repeat(500_000));
			await().until(() -> !connection.isWritable() && connection.pendingBytes() > 0);
			pass(Duration.ofMillis(300));
			long pending = connection.pendingBytes();
			pass(Duration.ofMillis(2000));
			assertThat(connection.pendingBytes()).isEqualTo(pending);
			assertThat(client.line()).hasSize(500_000);
			assertThat(client.line()).hasSize(1000);
		}
	}

	@Test
	void heartbeatWhenIntervalIsLongIsSpread() throws Exception {
		try (TestServer server = with().heartbeat(Duration.ofSeconds(60), "beat").start();
				TestServer quick = with().heartbeat(Duration.ofSeconds(7), "beat").start()) {
			server.connect();
			quick.connect();
			NettyConnection slow = (NettyConnection) server.onlyConnection();
			assertThat(slow.home.heartbeatSpread).isBetween(LoopClock.ticks(Duration.ofSeconds(11)),
					LoopClock.ticks(Duration.ofSeconds(12)));
			assertThat(((NettyConnection) quick.onlyConnection()).home.heartbeatSpread).isZero();
		}
	}

	@Test
	void frameWhenConnectionIsPausedMayTakeLonger() throws Exception {
		try (TestServer server = with().frameTimeout(SHORT).start(); TestClient client = server.connect()) {
			assertThat(client.send("whole\nbe").line()).isEqualTo("whole");
			SocketConnection connection = server.onlyConnection();
			connection.pauseReading();
			client.send("gun\nrest");
			pass(SHORT.plus(LATE));
			assertThat(connection.isOpen()).isTrue();
			connection.resumeReading();
			assertThat(client.line()).isEqualTo("begun");
			server.awaitClosed(CloseReason.FRAME_TIMEOUT);
		}
	}

	@Test
	void deadlinesWhenSeveralAreSetEndEachConnectionByItsNearest() throws Exception {
		try (TestServer server = with().idleTimeout(SHORT)
			.loginTimeout(Duration.ofMillis(1500))
			.maxLifetime(Duration.ofSeconds(4))
			.start()) {
			TestClient quiet = server.connect();
			TestClient busy = server.connect();
			TestClient bound = server.connect();
			assertThat(bound.ask("login")).isEqualTo("user");
			every(Duration.ofMillis(150), () -> List.of(busy, bound).forEach((client) -> send(client, "x\n")));
			await().until(() -> this.controller.closed.size() == 3);
			assertThat(this.controller.closed).containsExactly(CloseReason.IDLE, CloseReason.LOGIN_TIMEOUT,
					CloseReason.MAX_LIFETIME);
			assertThat(this.times.lives().get(0)).isBetween(SHORT, SHORT.plus(LATE));
			assertThat(this.times.lives().get(1)).isBetween(Duration.ofMillis(1500),
					Duration.ofMillis(1500).plus(LATE));
			assertThat(this.times.lives().get(2)).isBetween(Duration.ofMillis(3600), Duration.ofSeconds(4).plus(LATE));
			assertThat(quiet.readText()).isEmpty();
		}
	}

	private TestServer.Builder with() {
		return TestServer.with(this.controller).listener(this.times).closeTimeout(Duration.ZERO);
	}

	private void every(Duration period, Runnable action) {
		this.executor.scheduleAtFixedRate(action, 0, period.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static void send(TestClient client, String text) {
		try {
			client.send(text);
		}
		catch (IOException ex) {
			assertThat(ex).isNotNull();
		}
	}

	private static void pass(Duration time) {
		await().pollDelay(time).pollInterval(Duration.ofMillis(10)).until(() -> true);
	}

	private static Duration since(long began) {
		return Duration.ofNanos(System.nanoTime() - began);
	}

	@SocketController
	static class LoginController {

		final Queue<CloseReason> closed = new ConcurrentLinkedQueue<>();

		@OnMessage
		String message(SocketConnection connection, String message) {
			if ("login".equals(message)) {
				connection.bindUser("user");
				return connection.user().orElseThrow();
			}
			if ("logout".equals(message)) {
				connection.unbindUser();
				return "bye";
			}
			return message;
		}

		@OnClose
		void closed(CloseReason reason) {
			this.closed.add(reason);
		}

	}

}
