package dev.holdfast.handler;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for how the demand for a {@link Flux} follows the connection. Leaks are not
 * looked for among the buffers of millions of elements, which would take a minute.
 */
class FluxDemandTests {

	private static final int ELEMENTS = 1_000_000;

	private static final int HIGH_WATER_MARK = 64 * 1024;

	private static final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

	@BeforeAll
	static void detectNoLeaks() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
	}

	@AfterAll
	static void detectLeaks() {
		ResourceLeakDetector.setLevel(level);
	}

	@ParameterizedTest
	@ValueSource(strings = { "loop", "other" })
	void demandWhenReaderStopsStopsAndGoesOnLater(String thread) throws Exception {
		StreamHandler handler = new StreamHandler();
		try (HandlerServer server = HandlerServer.start(handler); Socket socket = new Socket()) {
			socket.setReceiveBufferSize(256 * 1024);
			socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
			socket.getOutputStream().write((thread + "\n").getBytes());
			long stalled = awaitStandstill(handler.requested);
			assertThat(stalled).isLessThan(ELEMENTS / 2);
			assertThat(server.connection().pendingBytes()).isLessThan(2 * HIGH_WATER_MARK);
			BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream()));
			for (int i = 0; i < ELEMENTS; i++) {
				String line = reader.readLine();
				if (!line.equals(StreamHandler.element(i))) {
					assertThat(line).as("element %d", i).isEqualTo(StreamHandler.element(i));
				}
			}
			await().until(() -> server.messages().inFlight() == 0);
		}
	}

	@Test
	void elementsWhenEarlierReplyIsMissingStayInOneBatch() {
		StreamHandler handler = new StreamHandler();
		try (HandlerServer server = HandlerServer.start(handler, "holdfast.servers.test.concurrency=2");
				SocketTestClient client = server.connect()) {
			client.send("never");
			client.send("loop");
			assertThat(awaitStandstill(handler.requested)).isLessThanOrEqualTo(64);
			client.expectNothing(Duration.ofMillis(50));
		}
	}

	private static long awaitStandstill(AtomicLong counter) {
		AtomicLong last = new AtomicLong(-1);
		await().pollInterval(Duration.ofMillis(200))
			.until(() -> counter.get() > 0 && last.getAndSet(counter.get()) == counter.get());
		return counter.get();
	}

	@SocketController
	static class StreamHandler {

		final AtomicLong requested = new AtomicLong();

		@OnMessage
		Flux<String> stream(String line) {
			if (line.equals("never")) {
				return Flux.never();
			}
			Flux<String> elements = Flux.range(0, ELEMENTS)
				.map(StreamHandler::element)
				.doOnRequest(this.requested::addAndGet);
			return line.equals("loop") ? elements : elements.subscribeOn(Schedulers.boundedElastic());
		}

		static String element(int index) {
			return "element " + index + " of a long stream of text";
		}

	}

}
