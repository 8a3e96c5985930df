package dev.holdfast.server.netty;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import dev.holdfast.codec.LengthField;
import dev.holdfast.codec.LengthFieldFraming;
import dev.holdfast.server.ServerStatistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The servers of a scenario, one for each wire, on one node.
 */
final class ScenarioServers implements AutoCloseable {

	private final NettyNode node = new NettyNode("n", 2, 0, Duration.ZERO);

	private final Map<ScenarioWire, ScenarioController> controllers = new EnumMap<>(ScenarioWire.class);

	private final Map<ScenarioWire, TestServer> servers = new EnumMap<>(ScenarioWire.class);

	/**
	 * Create and start {@link ScenarioServers}.
	 * @param frameTimeout how long a frame may take, much more than a client needs that
	 * sends it byte by byte
	 * @param idleTimeout after how long a silent connection ends, zero for never
	 */
	ScenarioServers(Duration frameTimeout, Duration idleTimeout) {
		for (ScenarioWire wire : ScenarioWire.values()) {
			ScenarioController controller = new ScenarioController();
			this.controllers.put(wire, controller);
			this.servers.put(wire,
					configure(TestServer.with(controller), wire).frameTimeout(frameTimeout)
						.idleTimeout(idleTimeout)
						.start());
		}
	}

	private TestServer.Builder configure(TestServer.Builder builder, ScenarioWire wire) {
		builder.node(this.node)
			.name(wire.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.maxConnectionsPerAddress(1_000_000);
		return switch (wire) {
			case LINE -> builder;
			case LENGTH_FIELD -> builder.framing(
					new LengthFieldFraming(new LengthField(0, 2, 0, false, true, ByteOrder.BIG_ENDIAN), 64 * 1024));
			case WEB_SOCKET -> builder.webSocket(new WebSocketOptionsBuilder().build());
		};
	}

	int[] ports() {
		return this.servers.values().stream().mapToInt(TestServer::port).toArray();
	}

	long received() {
		return this.servers.values().stream().mapToLong((server) -> server.statistics().messages().received()).sum();
	}

	long active() {
		return this.servers.values().stream().mapToLong(TestServer::active).sum();
	}

	String closed() {
		return this.servers.values()
			.stream()
			.map((server) -> server.server().name() + ' ' + server.statistics().connections().closed())
			.toList()
			.toString();
	}

	/**
	 * Compare what a client counted with what its server does. Any thread.
	 * @param result what the client counted
	 */
	void compare(ScenarioResult result) {
		this.controllers.get(result.wire()).ledger.enter(result.number(), result.requests(), result.replies());
	}

	/**
	 * Check that nothing is left and that all that was counted is true, when all clients
	 * have ended.
	 */
	void check() {
		this.servers.forEach((wire, server) -> {
			await().atMost(Duration.ofSeconds(30)).until(() -> server.active() == 0);
			check(server.statistics(), this.controllers.get(wire));
		});
		checkTables(this.servers.get(ScenarioWire.LINE));
	}

	private static void check(ServerStatistics statistics, ScenarioController controller) {
		await().until(() -> controller.closed.get() == controller.opened.get());
		long closed = statistics.connections().closed().values().stream().mapToLong(Long::longValue).sum();
		assertThat(statistics.connections().accepted()).isEqualTo(closed);
		assertThat(controller.opened.get()).isPositive().isLessThanOrEqualTo(closed);
		assertThat(statistics.messages().inFlight()).isZero();
		assertThat(controller.calls.get()).isLessThanOrEqualTo(statistics.messages().received());
		controller.ledger.check();
	}

	private void checkTables(TestServer server) {
		assertThat(server.connections().count()).isZero();
		assertThat(server.connections().all().stream()).isEmpty();
		assertThat(server.connections().users()).isEmpty();
		assertThat(server.connections().groups()).isEmpty();
		assertThat(this.node.admission().active()).isZero();
	}

	@Override
	public void close() throws Exception {
		for (TestServer server : this.servers.values()) {
			server.close();
		}
		this.controllers.values().forEach(ScenarioController::close);
		this.node.destroy();
	}

}
