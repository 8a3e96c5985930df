package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.limit.OverflowPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@link PacketLossTests} runs in a {@link LossyNetwork}.
 */
public final class LossyPrograms {

	private static final Duration TIMEOUT = Duration.ofSeconds(40);

	private static final int CONNECTIONS = 100;

	private static final int EACH = 10;

	private static final String CUT = "127.0.0.2";

	private static final String PUSH = "p".repeat(9_999);

	private LossyPrograms() {
	}

	public static void main(String[] args) {
		try {
			run(args[0]);
			LeakDetection.collect();
			System.exit(0);
		}
		catch (Throwable ex) {
			ex.printStackTrace();
			System.exit(1);
		}
	}

	private static void run(String program) throws Exception {
		switch (program) {
			case "answer" -> answer();
			case "cut" -> cut();
			default -> throw new IllegalArgumentException(program);
		}
	}

	private static void answer() throws Exception {
		long seed = System.nanoTime() % 1_000_000;
		System.out.println("seed " + seed);
		try (ScenarioServers servers = new ScenarioServers(Duration.ofSeconds(10), Duration.ofSeconds(15))) {
			ScenarioClients clients = new ScenarioClients(servers.ports(), seed, CONNECTIONS, ScenarioPart.MIXED,
					Duration.ZERO);
			clients.run(Duration.ofSeconds(6), Duration.ZERO, servers::compare);
			assertThat(clients.failures()).isEmpty();
			servers.check();
			assertThat(LossyNetwork.lost()).isGreaterThan(CONNECTIONS);
			System.out.printf("passed: %d messages, %d packets lost, closed %s%n", servers.received(),
					LossyNetwork.lost(), servers.closed());
		}
	}

	private static void cut() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.frameTimeout(Duration.ofSeconds(2))
			.idleTimeout(Duration.ofSeconds(5))
			.outbound(64 * 1024, 512 * 1024, OverflowPolicy.CLOSE)
			.start(); TestClient good = server.connect()) {
			List<Socket> half = connect(server, "never whole");
			List<Socket> idle = connect(server, "");
			List<Socket> slow = connect(server, "");
			server.awaitOpen(3 * EACH + 1);
			LossyNetwork.cut(CUT);
			connections(server, slow).forEach(LossyPrograms::push);
			await().atMost(TIMEOUT).untilAsserted(() -> {
				assertThat(good.ask("still here")).isEqualTo("still here");
				assertThat(server.active()).isOne();
			});
			assertThat(server.statistics().connections().closed()).containsEntry(CloseReason.FRAME_TIMEOUT, (long) EACH)
				.containsEntry(CloseReason.IDLE, (long) EACH)
				.containsEntry(CloseReason.SLOW_CONSUMER, (long) EACH)
				.hasSize(3);
			assertThat(server.connections().count()).isOne();
			assertThat(LossyNetwork.lost()).isPositive();
			System.out.printf("passed: %d packets lost, closed %s, %d sockets%n", LossyNetwork.lost(),
					server.statistics().connections().closed(), half.size() + idle.size() + slow.size());
		}
	}

	private static List<Socket> connect(TestServer server, String bytes) throws Exception {
		List<Socket> sockets = new ArrayList<>();
		for (int i = 0; i < EACH; i++) {
			Socket socket = new Socket();
			socket.bind(new InetSocketAddress(CUT, 0));
			socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
			socket.getOutputStream().write(("hello\n" + bytes).getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("hello\n");
			sockets.add(socket);
		}
		return sockets;
	}

	private static List<SocketConnection> connections(TestServer server, List<Socket> sockets) {
		List<Integer> ports = sockets.stream().map(Socket::getLocalPort).toList();
		return server.connections()
			.all()
			.stream()
			.filter((connection) -> ports.contains(((InetSocketAddress) connection.remoteAddress()).getPort()))
			.toList();
	}

	private static void push(SocketConnection connection) {
		int taken = 0;
		while (connection.send(PUSH)) {
			taken++;
			assertThat(taken).isLessThan(1000);
		}
	}

}
