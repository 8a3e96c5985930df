package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.List;

import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.limit.OverflowPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process of clients that is stopped by {@code SIGSTOP}: its kernel goes on and takes
 * bytes until it has no room for more.
 */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(LeakDetection.class)
class StoppedClientTests {

	private static final int STOPPED = 20;

	private static final String PUSH = "p".repeat(59_999);

	private static final long MEBIBYTE = 1024 * 1024;

	@Test
	void clientsWhenStoppedAreGivenUpAndNobodyElseSuffers() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.outbound(64 * 1024, MEBIBYTE, OverflowPolicy.CLOSE)
			.start(); ConnectionLoad load = new ConnectionLoad(server.port()); TestClient other = server.connect()) {
			load.open(STOPPED, "127.0.0.2");
			server.awaitOpen(STOPPED + 1);
			load.signal("STOP");
			load.signal("CONT");
			load.ask();
			long direct = PlatformDependent.usedDirectMemory();
			load.signal("STOP");
			SocketConnection good = server.connectionOf(other);
			List<SocketConnection> stopped = server.connections()
				.all()
				.stream()
				.filter((connection) -> connection != good)
				.toList();
			for (int i = 0; i < 500 && stopped.stream().anyMatch(SocketConnection::isOpen); i++) {
				server.connections().all().except(good).send(PUSH);
				assertThat(other.ask("request " + i)).isEqualTo("request " + i);
			}
			await().until(() -> server.closed(CloseReason.SLOW_CONSUMER) == STOPPED);
			assertThat(server.active()).isOne();
			assertThat(stopped).allMatch((connection) -> connection.pendingBytes() == 0);
			await().atMost(Duration.ofSeconds(20))
				.until(() -> PlatformDependent.usedDirectMemory() < direct + 16 * MEBIBYTE);
			load.signal("CONT");
		}
	}

}
