package dev.holdfast.server.netty;

import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.ServerState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Draining of servers: how it is forced, given up and begun again.
 */
@ExtendWith(LeakDetection.class)
class ServerDrainTests {

	private static final DrainSettings ENDLESS = new DrainSettings(Duration.ZERO, 0, null);

	private final StuckController controller = new StuckController();

	@Test
	void drainWhenDrainingIsTheSame() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			awaitStuck(server, client);
			CompletableFuture<Void> drained = server.server().drain(ENDLESS);
			assertThat(server.server().drain(ENDLESS)).isSameAs(drained).isNotDone();
			this.controller.reply.complete("done");
			assertThat(client.readText()).isEqualTo("done\n");
			client.close();
			await().until(drained::isDone);
			assertThat(server.server().state()).isEqualTo(ServerState.STOPPED);
			assertThat(server.server().drain(ENDLESS)).isCompleted();
		}
	}

	@Test
	void drainWhenCancelledAbortsWhatIsLeft() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			awaitStuck(server, client);
			server.server().drain(ENDLESS).cancel(false);
			await().until(() -> server.server().state() == ServerState.STOPPED);
			await().until(() -> server.active() == 0);
			assertThat(server.closed(CloseReason.SHUTDOWN)).isOne();
		}
	}

	@Test
	void startWhenStoppedWhileDrainingKeepsRunning() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			awaitStuck(server, client);
			CompletableFuture<Void> drained = server.server().drain(ENDLESS);
			server.server().stop();
			server.start();
			TestClient second = server.connect();
			assertThat(second.ask("hello")).isEqualTo("hello");
			await().until(drained::isDone);
			assertThat(server.server().state()).isEqualTo(ServerState.RUNNING);
			assertThat(second.ask("still here")).isEqualTo("still here");
		}
	}

	@Test
	void drainWhenConnectionIsBeingAcceptedEndsItToo() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start()) {
			for (int i = 0; i < 50; i++) {
				List<TestClient> clients = List.of(server.connect(), server.connect(), server.connect());
				CompletableFuture<Void> drained = server.server().drain(ENDLESS);
				for (TestClient client : clients) {
					readToEnd(client);
				}
				await().until(drained::isDone);
				server.start();
			}
		}
	}

	@Test
	void drainWhenCloseHandlersRunWaitsForThem() throws Exception {
		CountDownLatch closing = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		try (TestServer server = TestServer.with(this.controller).listener(new WaitingListener(closing, go)).start();
				TestClient client = server.connect()) {
			server.awaitOpen(1);
			CompletableFuture<Void> drained = server.server().drain(ENDLESS);
			client.close();
			closing.await();
			await().pollDelay(Duration.ofMillis(100)).until(() -> true);
			assertThat(drained).isNotDone();
			go.countDown();
			await().until(drained::isDone);
		}
		finally {
			go.countDown();
		}
	}

	private static void readToEnd(TestClient client) throws Exception {
		try {
			client.readAll();
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
		client.close();
	}

	private static void awaitStuck(TestServer server, TestClient client) throws Exception {
		client.send("stuck\n");
		await().until(() -> server.statistics().messages().received() == 1);
	}

	private record WaitingListener(CountDownLatch closing, CountDownLatch go) implements ConnectionListener {

		@Override
		public void closed(SocketConnection connection, CloseReason reason) {
			this.closing.countDown();
			try {
				this.go.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	@SocketController
	static class StuckController {

		private final CompletableFuture<String> reply = new CompletableFuture<>();

		@OnMessage
		Object handle(String message) {
			return message.equals("stuck") ? this.reply : message;
		}

	}

}
