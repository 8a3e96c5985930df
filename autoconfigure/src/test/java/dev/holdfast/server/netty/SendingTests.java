package dev.holdfast.server.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.holdfast.codec.FramingException;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.ConnectionClosedException;
import dev.holdfast.connection.Connections;
import dev.holdfast.connection.OverflowException;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.limit.OverflowPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Sending from handlers and from other threads.
 */
@ExtendWith(LeakDetection.class)
class SendingTests {

	private static final int SMALL = 4096;

	@Test
	void sendWhenFromForeignThreadKeepsOrder() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.outbound(64 * 1024, 0, OverflowPolicy.CLOSE)
			.start(); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			for (int i = 0; i < 9_000; i += 3) {
				assertThat(connection.send("" + i)).isTrue();
				assertThat(server.connections().all().send("" + (i + 1))).isOne();
				connection.sendAsync("" + (i + 2));
			}
			assertThat(client.lines(9_000)).isEqualTo(numbers(9_000));
			assertThat(connection.messagesSent()).isEqualTo(9_000);
		}
	}

	@Test
	void broadcastWhenKernelTakesOnlyPartsKeepsOrderAndBytes() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.outbound(64 * 1024, 0, OverflowPolicy.CLOSE)
			.start(); TestClient client = new TestClient(server.port(), SMALL)) {
			SocketConnection connection = server.onlyConnection();
			List<String> expected = IntStream.range(0, 600).mapToObj((i) -> i + "x".repeat(20_000)).toList();
			for (int i = 0; i < 600; i += 2) {
				assertThat(server.connections().all().send(expected.get(i))).isOne();
				assertThat(connection.send(expected.get(i + 1))).isTrue();
			}
			await().until(() -> connection.messagesSent() == 600);
			assertThat(connection.pendingBytes()).isPositive();
			assertThat(client.lines(600)).isEqualTo(expected);
			await().until(() -> connection.pendingBytes() == 0);
		}
	}

	@Test
	void sendWhenFromManyThreadsKeepsOrderOfEach() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.outbound(64 * 1024, 0, OverflowPolicy.CLOSE)
			.start(); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			List<Thread> threads = IntStream.range(0, 4)
				.mapToObj(
						(t) -> new Thread(() -> IntStream.range(0, 1000).forEach((i) -> connection.send(t + " " + i))))
				.toList();
			threads.forEach(Thread::start);
			List<String> lines = client.lines(4_000);
			for (int t = 0; t < 4; t++) {
				String prefix = t + " ";
				assertThat(lines.stream().filter((line) -> line.startsWith(prefix)).map((line) -> line.substring(2)))
					.containsExactlyElementsOf(numbers(1000));
			}
		}
	}

	@Test
	void sendWhenInHandlerPrecedesReplyWhateverTheWay() throws Exception {
		MixedController mixed = new MixedController();
		try (TestServer server = TestServer.with(mixed).start(); TestClient client = server.connect()) {
			mixed.connections = server.connections();
			assertThat(client.send("a\nb\n").lines(10)).containsExactly("a send", "a all", "a async", "a again",
					"a reply", "b send", "b all", "b async", "b again", "b reply");
			assertThat(server.statistics().messages().sent()).isEqualTo(10);
		}
	}

	@Test
	void sendWhenFramingCannotCarryMessageLeavesLaterOnesIntact() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).start(); TestClient client = server.connect()) {
			SocketConnection connection = server.onlyConnection();
			assertThatExceptionOfType(FramingException.class).isThrownBy(() -> connection.send("two\nlines"));
			assertThatExceptionOfType(FramingException.class).isThrownBy(() -> connection.sendAsync("two\nlines"));
			assertThatExceptionOfType(FramingException.class)
				.isThrownBy(() -> server.connections().all().send("two\nlines"));
			assertThat(connection.send("whole")).isTrue();
			assertThat(client.line()).isEqualTo("whole");
			assertThat(connection.messagesSent()).isOne();
			assertThat(connection.bytesSent()).isEqualTo(6);
			await().until(() -> connection.pendingBytes() == 0);
		}
	}

	@Test
	void replyWhenFramingCannotCarryItLeavesOthersOfBatchIntact() throws Exception {
		try (TestServer server = TestServer.with(new BreakingController()).start();
				TestClient client = server.connect()) {
			assertThat(client.send("1\nbreak\n2\nbreak\n3\n").lines(3)).containsExactly("1", "2", "3");
			assertThat(server.statistics().messages().failed()).isEqualTo(2);
			assertThat(server.statistics().messages().sent()).isEqualTo(3);
			assertThat(server.statistics().bytes().sent()).isEqualTo(6);
		}
	}

	@Test
	void sendAsyncWhenKernelTookBytesCompletes() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).sendBuffer(SMALL).start();
				TestClient client = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			connection.sendAsync("short").get(5, TimeUnit.SECONDS);
			assertThat(client.line()).isEqualTo("short");
			CompletableFuture<Void> future = connection.sendAsync("x".repeat(900_000));
			await().until(() -> connection.pendingBytes() > 0);
			assertThat(future).isNotDone();
			assertThat(client.line()).hasSize(900_000);
			assertThat(future).succeedsWithin(5, TimeUnit.SECONDS);
		}
	}

	@Test
	void sendAsyncWhenConnectionDiesFirstFailsOnce() throws Exception {
		try (TestServer server = TestServer.with(new EchoController()).sendBuffer(SMALL).start();
				TestClient client = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			AtomicInteger completions = new AtomicInteger();
			CompletableFuture<Void> future = connection.sendAsync("x".repeat(900_000));
			future.whenComplete((ignored, ex) -> completions.incrementAndGet());
			await().until(() -> connection.pendingBytes() > 0);
			client.reset();
			assertClosed(future);
			server.awaitClosed(CloseReason.TRANSPORT_ERROR);
			assertThat(completions).hasValue(1);
			assertClosed(connection.sendAsync("late"));
			assertThat(connection.pendingBytes()).isZero();
		}
	}

	@Test
	void sendAsyncWhenOverBudgetFailsWithOverflow() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.outbound(10_000, 100_000, OverflowPolicy.DROP)
			.sendBuffer(SMALL)
			.start(); TestClient client = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			List<CompletableFuture<Void>> futures = new ArrayList<>();
			IntStream.range(0, 50).forEach((i) -> futures.add(connection.sendAsync("x".repeat(20_000))));
			long failed = futures.stream().filter(CompletableFuture::isCompletedExceptionally).count();
			assertThat(failed).isBetween(30L, 49L);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> futures.get(49).get())
				.withCauseInstanceOf(OverflowException.class);
			client.read((int) (50 - failed) * 20_001);
			await().until(() -> futures.stream().allMatch(CompletableFuture::isDone));
			assertThat(futures.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize((int) failed);
			await().untilAsserted(() -> assertThat(server.statistics().messages().dropped()).isEqualTo(failed));
		}
	}

	@Test
	void sendWhenByteBufIsReleasedInEveryOutcome() throws Exception {
		try (TestServer server = TestServer.with(new EchoController())
			.outbound(10_000, 100_000, OverflowPolicy.DROP)
			.sendBuffer(SMALL)
			.start(); TestClient client = server.connect(SMALL)) {
			SocketConnection connection = server.onlyConnection();
			List<ByteBuf> buffers = new ArrayList<>();
			assertThat(connection.send(buffer(buffers, "one"))).isTrue();
			connection.sendAsync(buffer(buffers, "two"));
			assertThat(server.connections().all().send(buffer(buffers, "three"))).isOne();
			assertThat(server.connections().user("nobody").send(buffer(buffers, "four"))).isZero();
			assertThatExceptionOfType(FramingException.class)
				.isThrownBy(() -> connection.send(buffer(buffers, "a\nb")));
			while (connection.send(buffer(buffers, "x".repeat(20_000)))) {
				assertThat(connection.isOpen()).isTrue();
			}
			assertThat(connection.sendAsync(buffer(buffers, "x"))).isCompletedExceptionally();
			client.reset();
			server.awaitClosed(CloseReason.TRANSPORT_ERROR);
			assertThat(connection.send(buffer(buffers, "late"))).isFalse();
			assertThat(connection.sendAsync(buffer(buffers, "late"))).isCompletedExceptionally();
			assertThat(buffers).allMatch((buffer) -> buffer.refCnt() == 0);
		}
	}

	@Test
	void payloadWhenRetainedAndReturnedIsSentAndReleased() throws Exception {
		try (TestServer server = TestServer.with(new BufferController()).start();
				TestClient client = server.connect()) {
			assertThat(client.send("one\ntwo\nthr").lines(2)).containsExactly("one", "two");
			assertThat(client.send("ee\n").line()).isEqualTo("three");
		}
	}

	private static void assertClosed(CompletableFuture<Void> future) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> future.get(5, TimeUnit.SECONDS))
			.withCauseInstanceOf(ConnectionClosedException.class);
	}

	private static ByteBuf buffer(List<ByteBuf> buffers, String text) {
		ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer();
		buffer.writeBytes(text.getBytes());
		buffers.add(buffer);
		return buffer;
	}

	private static List<String> numbers(int count) {
		return IntStream.range(0, count).mapToObj(Integer::toString).toList();
	}

	@SocketController
	static class MixedController {

		volatile Connections connections;

		@OnMessage
		String message(SocketConnection connection, String message) {
			connection.send(message + " send");
			this.connections.all().send(message + " all");
			connection.sendAsync(message + " async");
			connection.send(message + " again");
			return message + " reply";
		}

	}

	@SocketController
	static class BreakingController {

		@OnMessage
		String message(String message) {
			return message.replace("break", "a\nb");
		}

	}

	@SocketController
	static class BufferController {

		@OnMessage
		ByteBuf message(ByteBuf message) {
			return message.retain();
		}

	}

}
