package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * How clients close connections, and what is left of a closed one.
 */
@ExtendWith(LeakDetection.class)
class PeerClosingTests {

	private final EchoController controller = new EchoController();

	@Test
	void halfCloseWhenMessagesAreOnTheirWayAnswersThemThenFin() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			String sent = numbers(50_000);
			Thread writer = new Thread(() -> sendAndEnd(client, sent));
			writer.start();
			assertThat(client.readText()).isEqualTo(sent);
			writer.join();
			server.awaitClosed(CloseReason.CLIENT);
			assertThat(server.active()).isZero();
			assertThat(this.controller.closed).containsExactly(CloseReason.CLIENT);
		}
	}

	@Test
	void halfCloseWhenClientReadsOnlyAfterwardsAnswersAll() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			String sent = numbers(20_000);
			sendAndEnd(client, sent);
			await().pollDelay(Duration.ofMillis(300)).until(() -> server.statistics().messages().received() > 0);
			assertThat(client.readText()).isEqualTo(sent);
			server.awaitClosed(CloseReason.CLIENT);
		}
	}

	@Test
	void halfCloseWhenManyDoSoAtOnceLetsOthersInBetween() throws Exception {
		Between between = new Between(this.controller);
		try (TestServer server = TestServer.with(this.controller).eventLoops(1).listener(between).start()) {
			List<TestClient> clients = new ArrayList<>();
			for (int i = 0; i < 2 * PendingEnds.PORTION; i++) {
				clients.add(server.connect());
			}
			await().until(() -> server.active() == clients.size());
			CompletableFuture<Void> held = new CompletableFuture<>();
			CompletableFuture<Void> gone = new CompletableFuture<>();
			server.node().group().next().execute(() -> {
				held.complete(null);
				gone.join();
			});
			held.get(10, TimeUnit.SECONDS);
			for (TestClient client : clients) {
				client.shutdownOutput();
			}
			gone.complete(null);
			await().until(() -> server.active() == 0);
			assertThat(between.ended.peek()).isEqualTo(PendingEnds.PORTION);
		}
	}

	@Test
	void halfCloseWhenFrameIsUnfinishedDropsIt() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			client.send("one\ntw");
			client.shutdownOutput();
			assertThat(client.readText()).isEqualTo("one\n");
			server.awaitClosed(CloseReason.CLIENT);
		}
	}

	@Test
	void halfCloseWhenReadingIsPausedAnswersAfterResume() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			server.pause(connection);
			client.send("one\ntwo\n");
			client.shutdownOutput();
			await().pollDelay(Duration.ofMillis(200)).until(connection::isOpen);
			assertThat(connection.messagesReceived()).isZero();
			connection.resumeReading();
			assertThat(client.readText()).isEqualTo("one\ntwo\n");
			server.awaitClosed(CloseReason.CLIENT);
		}
	}

	@Test
	void halfCloseWhenLongReplyComesLaterDeliversAllOfIt() throws Exception {
		try (TestServer server = TestServer.with(new LongReplyController()).sendBuffer(4096).start();
				TestClient client = server.connect(4096)) {
			SocketConnection connection = server.onlyConnection();
			server.pause(connection);
			client.send("one\n");
			client.shutdownOutput();
			await().pollDelay(Duration.ofMillis(200)).until(connection::isOpen);
			connection.resumeReading();
			assertThat(client.readAll()).hasSize(LongReplyController.LENGTH + 1);
			server.awaitClosed(CloseReason.CLIENT);
		}
	}

	@Test
	void halfCloseWhenOutboundIsFullAnswersAllOnceClientReads() throws Exception {
		try (TestServer server = TestServer.with(this.controller).sendBuffer(4096).start();
				TestClient client = server.connect(4096)) {
			String sent = numbers(200_000);
			Thread writer = new Thread(() -> sendAndEnd(client, sent));
			writer.start();
			writer.join(2000);
			assertThat(client.readText()).hasSameSizeAs(sent).isEqualTo(sent);
			writer.join();
			server.awaitClosed(CloseReason.CLIENT);
		}
	}

	@Test
	void resetWhenIdleIsTransportError() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			assertThat(client.ask("one")).isEqualTo("one");
			client.reset();
			server.awaitClosed(CloseReason.TRANSPORT_ERROR);
			assertThat(this.controller.closed).containsExactly(CloseReason.TRANSPORT_ERROR);
		}
	}

	@Test
	void resetWhenReadingIsPausedIsTransportError() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			assumeFalse(server.server().io().equals("nio"), "NIO sees a reset only while it reads");
			server.pause(server.onlyConnection());
			client.reset();
			server.awaitClosed(CloseReason.TRANSPORT_ERROR);
		}
	}

	@Test
	void onCloseWhenCalledFindsConnectionGoneButItsUserAndGroups() throws Exception {
		LeavingController leaving = new LeavingController();
		try (TestServer server = TestServer.with(leaving).start(); TestClient client = server.connect()) {
			leaving.connections = server.connections();
			assertThat(client.ask("join")).isEqualTo("joined");
			assertThat(leaving.connections.user("alice").count()).isOne();
			client.close();
			server.awaitClosed(CloseReason.CLIENT);
			await().until(() -> !leaving.seen.isEmpty());
			assertThat(leaving.seen).containsExactly("alice " + Set.of("room") + " 0 0 0 true false");
			assertThat(server.connections().users()).isEmpty();
			assertThat(server.connections().groups()).isEmpty();
		}
	}

	@Test
	void onCloseWhenManyConnectionsEndInAnyWayIsCalledOncePerConnection() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start()) {
			List<TestClient> clients = IntStream.range(0, 60).mapToObj((i) -> connect(server)).toList();
			server.awaitOpen(60);
			for (int i = 0; i < 60; i++) {
				end(i, clients.get(i), server.connectionOf(clients.get(i)));
			}
			await().until(() -> server.active() == 0);
			assertThat(this.controller.closed).hasSize(60);
			assertThat(server.statistics().connections().closed().values().stream().mapToLong((n) -> n).sum())
				.isEqualTo(60);
		}
	}

	private static void end(int i, TestClient client, SocketConnection connection) throws Exception {
		switch (i % 3) {
			case 0 -> client.close();
			case 1 -> client.reset();
			default -> connection.close(CloseReason.KICKED);
		}
	}

	private static TestClient connect(TestServer server) {
		try {
			return server.connect();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void sendAndEnd(TestClient client, String text) {
		try {
			client.send(text).shutdownOutput();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String numbers(int count) {
		StringBuilder lines = new StringBuilder();
		IntStream.range(0, count).forEach((i) -> lines.append(i).append('\n'));
		return lines.toString();
	}

	@SocketController
	static class LongReplyController {

		static final int LENGTH = 3_000_000;

		@OnMessage
		String message(String message) {
			return "r".repeat(LENGTH);
		}

	}

	@SocketController
	static class LeavingController {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		volatile Connections connections;

		@OnMessage
		String join(SocketConnection connection, String message) {
			connection.bindUser("alice");
			connection.join("room");
			return "joined";
		}

		@OnClose
		void closed(SocketConnection connection) {
			this.seen.add("%s %s %d %d %d %s %s".formatted(connection.user().orElseThrow(), connection.groups(),
					this.connections.count(), this.connections.user("alice").count(),
					this.connections.group("room").count(), this.connections.find(connection.id()).isEmpty(),
					connection.join("late") || connection.bindUser("bob") || connection.send("late")));
		}

	}

	/**
	 * Notes how many connections have ended when the loop comes to what others ask of it.
	 */
	static class Between implements ConnectionListener {

		final Queue<Integer> ended = new ConcurrentLinkedQueue<>();

		private final EchoController controller;

		Between(EchoController controller) {
			this.controller = controller;
		}

		@Override
		public void closed(SocketConnection connection, CloseReason reason) {
			((NettyConnection) connection).channel.eventLoop()
				.execute(() -> this.ended.add(this.controller.closed.size()));
		}

	}

}
