package dev.holdfast.server.context;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Frames of 60 KB that are never finished, and the memory that they hold: 300 of them, or
 * with {@code -Dholdfast.half-frames=long} 10,000.
 */
@Timeout(300)
class HalfFramesTests {

	private static final boolean LONG = "long".equals(System.getProperty("holdfast.half-frames"));

	private static final int CONNECTIONS = LONG ? 10_000 : 300;

	private static final int EXHAUSTING = 600;

	private static final int HALF = 60 * 1024;

	private static final long DOCUMENTED = 2L * 64 * 1024 * CONNECTIONS;

	private static final long MEBIBYTE = 1024 * 1024;

	private final List<SocketChannel> clients = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (SocketChannel client : this.clients) {
			client.close();
		}
	}

	@Test
	void halfFramesWhenManyHoldWhatIsDocumentedAndAreGoneAfterTheirTimeout() throws Exception {
		try (RestartedProcess process = new RestartedProcess("-XX:MaxDirectMemorySize=1500m",
				"--holdfast.servers.echo.frame-timeout=" + (LONG ? "20s" : "5s"));
				SocketTestClient good = SocketTestClient.connect(process.port())) {
			long before = directMemory(good);
			sendHalves(process.port(), CONNECTIONS);
			await().atMost(Duration.ofSeconds(60)).until(() -> directMemory(good) - before > (long) HALF * CONNECTIONS);
			long held = directMemory(good);
			System.out.println("Half frames: %d hold %d MiB, documented are %d MiB".formatted(CONNECTIONS,
					(held - before) / MEBIBYTE, DOCUMENTED / MEBIBYTE));
			assertThat(held - before).isLessThan(DOCUMENTED);
			await().atMost(Duration.ofSeconds(60)).until(() -> connections(good) == 1);
			await().atMost(Duration.ofSeconds(20))
				.until(() -> directMemory(good) - before < Math.max(DOCUMENTED / 50, 16 * MEBIBYTE));
		}
	}

	@Test
	void halfFramesWhenTheyExhaustMemoryEndAndServerGoesOn() throws Exception {
		try (RestartedProcess process = new RestartedProcess("-XX:MaxDirectMemorySize=32m",
				"--holdfast.servers.echo.frame-timeout=5s")) {
			sendHalves(process.port(), EXHAUSTING);
			await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
				try (SocketTestClient good = SocketTestClient.connect(process.port())) {
					return connections(good) == 1;
				}
			});
		}
	}

	private void sendHalves(int port, int count) throws IOException {
		byte[] half = new byte[HALF];
		Arrays.fill(half, (byte) 'x');
		for (int i = 0; i < count; i++) {
			SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
			this.clients.add(client);
			try {
				ByteBuffer out = ByteBuffer.wrap(half);
				while (out.hasRemaining()) {
					client.write(out);
				}
			}
			catch (IOException ex) {
				client.close();
			}
		}
	}

	private static long directMemory(SocketTestClient client) {
		client.send("memory");
		return Long.parseLong(client.receive(Duration.ofSeconds(20)));
	}

	private static long connections(SocketTestClient client) {
		client.send("connections");
		return Long.parseLong(client.receive(Duration.ofSeconds(20)));
	}

}
