package dev.holdfast.server.netty;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.UnixOperatingSystemMXBean;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * As many real connections as one process is commonly allowed.
 */
class FifteenThousandConnectionsTests {

	private static final int CONNECTIONS = 15_000;

	private static final int DESCRIPTORS = 16_000;

	private static final int WARM_UP = 1_000;

	@BeforeEach
	void checkDescriptors() {
		Assumptions.assumeTrue(
				ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
						&& system.getMaxFileDescriptorCount() >= DESCRIPTORS,
				"This process may not open " + DESCRIPTORS + " file descriptors: raise 'ulimit -n'");
	}

	@Test
	void connectionsWhenAllComeAnswerAndGoLeaveNothingBehind() throws Exception {
		try (TestServer server = TestServer.with(new SilentlyClosingController()).start();
				ConnectionLoad load = new ConnectionLoad(server.port())) {
			round(server, load, WARM_UP, "127.0.0.2");
			long before = usedHeap();
			round(server, load, CONNECTIONS, "127.0.0.3");
			assertThat(usedHeap()).isCloseTo(before, Percentage.withPercentage(5));
			round(server, load, CONNECTIONS, "127.0.0.4");
			assertThat(usedHeap()).isCloseTo(before, Percentage.withPercentage(5));
			assertThat(server.statistics().connections().peak()).isEqualTo(CONNECTIONS);
			assertThat(server.statistics().connections().accepted()).isEqualTo(WARM_UP + 2 * CONNECTIONS);
			assertThat(server.closed(CloseReason.CLIENT)).isEqualTo(WARM_UP + 2 * CONNECTIONS);
		}
	}

	private static void round(TestServer server, ConnectionLoad load, int count, String source) throws Exception {
		long handled = server.statistics().messages().handled();
		load.open(count, source);
		await().atMost(Duration.ofSeconds(20)).until(() -> server.connections().count() == count);
		assertThat(server.active()).isEqualTo(count);
		assertThat(highestSlot(server)).isLessThan(CONNECTIONS);
		load.ask();
		assertThat(server.statistics().messages().handled()).isEqualTo(handled + count);
		load.closeAll();
		await().atMost(Duration.ofSeconds(20)).until(() -> server.active() == 0);
		assertThat(server.connections().count()).isZero();
		assertThat(server.connections().all().stream()).isEmpty();
	}

	private static int highestSlot(TestServer server) {
		return server.connections().all().stream().mapToInt(FifteenThousandConnectionsTests::slot).max().orElseThrow();
	}

	private static int slot(SocketConnection connection) {
		String[] parts = connection.id().split("-");
		return Integer.parseInt(parts[parts.length - 2]);
	}

	private static long usedHeap() {
		LeakDetection.collect();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@SocketController
	static class SilentlyClosingController {

		@OnMessage
		String message(String message) {
			return message;
		}

	}

}
