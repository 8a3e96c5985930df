package dev.holdfast.server.netty;

import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.netty.channel.ChannelPipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.ServerBindException;
import dev.holdfast.server.ServerState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Starting, stopping and limits of servers.
 */
@ExtendWith(LeakDetection.class)
class ServerLifecycleTests {

	private final EchoController controller = new EchoController();

	@Test
	void startWhenStartedHasNoEffect() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start(); TestClient client = server.connect()) {
			int port = server.port();
			server.start();
			assertThat(server.port()).isEqualTo(port);
			assertThat(client.ask("one")).isEqualTo("one");
		}
	}

	@Test
	void stopWhenConnectionsAreOpenClosesThemInOrder() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start();
				TestClient one = server.connect();
				TestClient two = server.connect()) {
			server.awaitOpen(2);
			server.connections().all().send("goodbye");
			SocketAddress address = server.server().address();
			server.server().stop();
			assertThat(List.of(one.readText(), two.readText())).containsOnly("goodbye\n");
			assertThat(server.server().state()).isEqualTo(ServerState.STOPPED);
			assertThat(server.server().address()).isNull();
			assertThat(server.server().lastAddress()).isEqualTo(address);
			assertThat(server.statistics().connections().closed()).isEqualTo(Map.of(CloseReason.SHUTDOWN, 2L));
			server.server().stop();
			assertThat(server.connections().count()).isZero();
			assertThat(this.controller.closed).containsExactly(CloseReason.SHUTDOWN, CloseReason.SHUTDOWN);
		}
	}

	@Test
	void startWhenStoppedServesOnSamePort() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start()) {
			int port = server.port();
			assertThat(server.connect().ask("one")).isEqualTo("one");
			server.server().stop();
			try (TestServer again = TestServer.with(this.controller).start(port)) {
				assertThat(again.connect().ask("two")).isEqualTo("two");
			}
			server.start();
			assertThat(server.connect().ask("three")).isEqualTo("three");
			assertThat(server.server().state()).isEqualTo(ServerState.RUNNING);
			assertThat(server.statistics().connections().accepted()).isEqualTo(2);
		}
	}

	@Test
	void startWhenPortIsInUseThrowsException() throws Exception {
		try (TestServer server = TestServer.with(this.controller).start();
				TestServer second = TestServer.with(this.controller).build(server.port())) {
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(second::start)
				.withMessageContaining(String.valueOf(server.port()));
			assertThat(second.server().state()).isEqualTo(ServerState.STOPPED);
			server.server().stop();
			second.start();
			assertThat(second.connect().ask("one")).isEqualTo("one");
		}
	}

	@Test
	void connectWhenServerIsFullIsRefusedUntilOneLeaves() throws Exception {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.with(this.controller).maxConnections(2).listener(listener).start()) {
			TestClient first = server.connect();
			assertThat(first.ask("one")).isEqualTo("one");
			assertThat(server.connect().ask("two")).isEqualTo("two");
			assertRefused(server.connect());
			await()
				.until(() -> server.statistics().connections().refused().equals(Map.of(CloseReason.LIMIT_REACHED, 1L)));
			assertThat(listener.events).containsExactly("opened", "opened", "refused test LIMIT_REACHED");
			assertThat(server.statistics().connections().accepted()).isEqualTo(2);
			assertThat(server.statistics().connections().peak()).isEqualTo(2);
			first.close();
			await().until(() -> server.active() == 1);
			assertThat(server.connect().ask("three")).isEqualTo("three");
			assertThat(this.controller.closed).containsExactly(CloseReason.CLIENT);
			assertThat(listener.events).endsWith("closed CLIENT", "opened");
		}
	}

	@Test
	void connectWhenNodeIsFullIsRefusedOnEachServer() throws Exception {
		NettyNode node = new NettyNode("n", 1, 2, Duration.ZERO);
		try (TestServer one = TestServer.with(this.controller).node(node).start();
				TestServer two = TestServer.with(this.controller).node(node).name("two").start()) {
			TestClient first = one.connect();
			assertThat(first.ask("one")).isEqualTo("one");
			assertThat(two.connect().ask("two")).isEqualTo("two");
			assertRefused(one.connect());
			assertRefused(two.connect());
			await().until(() -> two.statistics().connections().refused().equals(Map.of(CloseReason.LIMIT_REACHED, 1L)));
			first.close();
			await().until(() -> one.active() == 0);
			assertThat(two.connect().ask("three")).isEqualTo("three");
		}
		finally {
			node.destroy();
		}
	}

	@Test
	void connectWhenPipelineCustomizerFailsLeavesNothingBehind() throws Exception {
		FailingCustomizer customizer = new FailingCustomizer();
		try (TestServer server = TestServer.with(this.controller).maxConnections(1).pipeline(customizer).start()) {
			assertRefused(server.connect());
			await().until(() -> server.active() == 0);
			customizer.fails = false;
			assertThat(server.connect().ask("one")).isEqualTo("one");
			assertThat(this.controller.closed).isEmpty();
		}
	}

	private static void assertRefused(TestClient client) throws Exception {
		try {
			assertThat(client.readText()).isEmpty();
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	private static final class FailingCustomizer implements ChannelPipelineCustomizer {

		private volatile boolean fails = true;

		@Override
		public void customize(ChannelPipeline pipeline) {
			if (this.fails) {
				throw new IllegalStateException("On purpose");
			}
		}

	}

}
