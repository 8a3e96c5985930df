package dev.holdfast.server.netty;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connections that are opened and closed in turn: 2,000, or with
 * {@code -Dholdfast.churn=long} 100,000.
 */
@ExtendWith(LeakDetection.class)
class ConnectionChurnTests {

	private static final int CONNECTIONS = "long".equals(System.getProperty("holdfast.churn")) ? 100_000 : 2_000;

	private static final int WARM_UP = 1_000;

	private static final int OF_ONE_ADDRESS = 10_000;

	private static final long MEBIBYTE = 1024 * 1024;

	@Test
	void connectionsWhenOpenedAndClosedInTurnLeaveNothingBehind() throws Exception {
		Assumptions.assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
		try (TestServer server = TestServer.with(new MemberController()).maxConnectionsPerAddress(1000).start()) {
			churn(server, WARM_UP, 100);
			Used before = used();
			churn(server, CONNECTIONS, 2);
			Used after = used();
			assertThat(after.heap()).isLessThan(before.heap() + before.heap() / 50 + MEBIBYTE);
			assertThat(after.direct()).isLessThanOrEqualTo(before.direct() + before.direct() / 50 + 4 * MEBIBYTE);
			assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 2);
			assertThat(server.statistics().connections().accepted()).isEqualTo(WARM_UP + CONNECTIONS);
			assertThat(server.statistics().connections().peak()).isLessThan(10);
			assertThat(server.connections().users()).isEmpty();
			assertThat(server.connections().groups()).isEmpty();
			assertThat(server.connections().all().stream()).isEmpty();
		}
	}

	private static void churn(TestServer server, int count, int firstAddress) throws Exception {
		for (int i = 0; i < count; i++) {
			InetAddress address = InetAddress.getByName("127.0.0." + (firstAddress + i / OF_ONE_ADDRESS));
			try (Socket socket = new Socket()) {
				socket.bind(new InetSocketAddress(address, 0));
				socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 10_000);
				socket.setSoTimeout(10_000);
				socket.getOutputStream().write(("request " + i + "\n").getBytes(StandardCharsets.US_ASCII));
				BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream()));
				if (!("request " + i).equals(reader.readLine())) {
					throw new AssertionError("No reply to request " + i);
				}
			}
		}
		await().atMost(Duration.ofSeconds(20)).until(() -> server.active() == 0);
	}

	private static Used used() {
		LeakDetection.collect();
		UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return new Used(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				PlatformDependent.usedDirectMemory(), system.getOpenFileDescriptorCount());
	}

	/**
	 * What is used at one moment.
	 *
	 * @param heap bytes of the heap
	 * @param direct bytes beside the heap
	 * @param descriptors open file descriptors
	 */
	private record Used(long heap, long direct, long descriptors) {

	}

	@SocketController
	static class MemberController {

		private int opened;

		@OnOpen
		synchronized void open(SocketConnection connection) {
			this.opened++;
			connection.bindUser("user-" + this.opened);
			connection.join("group-" + this.opened);
			connection.join("all");
			connection.attributes().put("number", this.opened);
		}

		@OnMessage
		String message(String message) {
			return message;
		}

	}

}
