package dev.holdfast.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.holdfast.codec.Frame;
import dev.holdfast.codec.Framing;
import dev.holdfast.codec.FramingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link SocketTestClient} over TCP.
 */
class SocketTestClientTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	@Test
	void expectWhenServerEchoesLinesReturns() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			ScriptedServer.write(socket, ScriptedServer.readUntil(socket, "\n"));
			ScriptedServer.write(socket, "two\r\nthree\n\n");
		}); SocketTestClient client = SocketTestClient.connect(server.port())) {
			client.send("grüße");
			client.expect("grüße");
			assertThat(client.receive()).isEqualTo("two");
			assertThat(client.receiveBytes()).asString().isEqualTo("three");
			client.expect("");
			client.expectClosed();
			client.expectClosed();
		}
	}

	@Test
	void expectWhenOtherMessageComesFailsWithBoth() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> ScriptedServer.write(socket, "bye\n"));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			assertThatAssertionError(() -> client.expect("hello"))
				.hasMessage("Expected \"hello\" but received \"bye\"");
			assertThatAssertionError(() -> client.expect("hello"))
				.hasMessage("Expected \"hello\" but the connection was closed");
		}
	}

	@Test
	void receiveWhenNothingComesFailsInTime() throws Exception {
		CompletableFuture<Void> end = new CompletableFuture<>();
		try (ScriptedServer server = ScriptedServer.start((socket) -> end.get());
				SocketTestClient client = SocketTestClient.to(server.port()).timeout(SHORT).connect()) {
			assertThatAssertionError(client::receive).hasMessage("Expected a message but nothing came within 50 ms");
			assertThatAssertionError(() -> client.expectClosed(Duration.ofMillis(20)))
				.hasMessage("Expected the end of the connection but nothing came within 20 ms");
			assertThatAssertionError(() -> client.receiveBytes(Duration.ZERO))
				.hasMessage("Expected a message but nothing came within 0 ms");
			end.complete(null);
		}
	}

	@Test
	void receiveWhenServerDripsBytesFailsInTime() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			while (socket.getInputStream().available() == 0) {
				ScriptedServer.write(socket, "x");
				Thread.sleep(5);
			}
		}); SocketTestClient client = SocketTestClient.connect(server.port())) {
			assertThatAssertionError(() -> client.receive(SHORT)).hasMessageContaining("nothing came within 50 ms");
			client.sendRaw(new byte[1]);
		}
	}

	@Test
	void expectNothingWhenSilentWaits() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> ScriptedServer.readUntil(socket, "go\n"));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			long start = System.nanoTime();
			client.expectNothing(SHORT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
			client.send("go");
		}
	}

	@Test
	void expectNothingWhenMessageOrEndComesFails() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> ScriptedServer.write(socket, "x\n"));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			assertThatAssertionError(() -> client.expectNothing(Duration.ofSeconds(5)))
				.hasMessage("Expected nothing but received \"x\"");
			assertThatAssertionError(() -> client.expectNothing(Duration.ofSeconds(5)))
				.hasMessage("Expected nothing but the connection was closed");
		}
	}

	@Test
	void expectClosedWhenMessageComesFails() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> ScriptedServer.write(socket, "x\n"));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			assertThatAssertionError(client::expectClosed)
				.hasMessage("Expected the end of the connection but received \"x\"");
			assertThatAssertionError(client::expectReset)
				.hasMessage("Expected a reset of the connection but the connection was closed");
		}
	}

	@Test
	void expectClosedWhenFrameIsIncompleteFails() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> ScriptedServer.write(socket, "half"));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			assertThatAssertionError(client::expectClosed).hasMessage(
					"Expected the end of the connection but the connection was closed in the middle of a frame after \"half\"");
		}
	}

	@Test
	void expectResetWhenServerResetsReturns() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(ScriptedServer::reset);
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			client.expectReset();
			client.expectReset(SHORT);
			assertThatAssertionError(client::expectClosed)
				.hasMessageStartingWith("Expected the end of the connection but the connection was reset (")
				.hasCauseInstanceOf(SocketException.class);
		}
	}

	@Test
	void expectResetWhenSendingFailedBeforeReturns() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			ScriptedServer.write(socket, "last\n");
			ScriptedServer.readUntil(socket, "\n");
			ScriptedServer.reset(socket);
		}); SocketTestClient client = SocketTestClient.connect(server.port())) {
			client.send("go");
			Awaitility.await().until(() -> sendFails(client));
			client.expect("last");
			client.expectReset();
		}
	}

	@Test
	void expectClosedWhenSendingFailedAfterFinReturns() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(Socket::close);
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			server.close();
			Awaitility.await().until(() -> sendFails(client));
			client.expectClosed();
		}
	}

	@Test
	void sendRawWhenFrameIsInPiecesSendsBytesAsTheyAre() throws Exception {
		try (ScriptedServer server = ScriptedServer
			.start((socket) -> assertThat(ScriptedServer.readAll(socket)).isEqualTo("abc"));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			client.sendRaw("a".getBytes());
			client.sendRaw("bc".getBytes());
			client.shutdownOutput();
			client.expectClosed();
		}
	}

	@Test
	void shutdownOutputWhenServerAnswersStillReceives() throws Exception {
		try (ScriptedServer server = ScriptedServer
			.start((socket) -> ScriptedServer.write(socket, "got " + ScriptedServer.readAll(socket)));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			client.send("it");
			client.shutdownOutput();
			client.expect("got it");
			client.expectClosed();
		}
	}

	@Test
	void resetWhenConnectedResetsServer() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> assertThatExceptionOfType(SocketException.class)
			.isThrownBy(() -> ScriptedServer.readAll(socket)));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			client.reset();
			client.reset();
		}
	}

	@Test
	void closeWhenConnectedSendsFin() throws Exception {
		try (ScriptedServer server = ScriptedServer
			.start((socket) -> assertThat(ScriptedServer.readAll(socket)).isEmpty())) {
			SocketTestClient client = SocketTestClient.connect(server.port());
			client.close();
			client.close();
			assertThatThrownBy(client::expectClosed).isInstanceOf(UncheckedIOException.class);
			assertThatThrownBy(() -> client.send("x")).isInstanceOf(UncheckedIOException.class);
		}
	}

	@Test
	void framingWhenSetFramesAndUnframes() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			assertThat(ScriptedServer.readUntil(socket, "]")).isEqualTo("<hello]");
			ScriptedServer.write(socket, "<a][b][c");
			ScriptedServer.readUntil(socket, "<]");
			ScriptedServer.write(socket, "d]!");
		});
				SocketTestClient client = SocketTestClient.to("127.0.0.1", server.port())
					.framing(new BracketFraming())
					.connect()) {
			client.send("hello".getBytes());
			client.expect("a");
			client.expect("b");
			client.expectNothing(SHORT);
			client.send("");
			client.expect("cd");
			assertThatAssertionError(client::receive).hasMessageContaining("failed with")
				.hasCauseInstanceOf(FramingException.class);
		}
	}

	@Test
	void framingWhenPayloadCannotBeCarriedThrows() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(ScriptedServer::readAll);
				SocketTestClient client = SocketTestClient.to(server.port()).framing(new BracketFraming()).connect()) {
			assertThatExceptionOfType(FramingException.class).isThrownBy(() -> client.send("a]"));
		}
	}

	@Test
	void charsetWhenSetConvertsText() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			assertThat(socket.getInputStream().readNBytes(2)).containsExactly(0xfc, '\n');
			socket.getOutputStream().write(new byte[] { (byte) 0xe4, '\n' });
		});
				SocketTestClient client = SocketTestClient.to(server.port())
					.charset(StandardCharsets.ISO_8859_1)
					.connect()) {
			client.send("ü");
			client.expect("ä");
		}
	}

	@Test
	void receiveWhenMessageIsLargeReturnsAllOfIt() throws Exception {
		String large = "0123456789".repeat(50_000);
		try (ScriptedServer server = ScriptedServer
			.start((socket) -> ScriptedServer.write(socket, large + "\n" + large + "\n"));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			client.expect(large);
			client.expect(large);
		}
	}

	@Test
	void connectWhenNobodyListensThrows() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		assertThatException().isThrownBy(() -> SocketTestClient.connect(port))
			.isInstanceOf(UncheckedIOException.class)
			.withMessage("Cannot connect to localhost:" + port);
	}

	@Test
	void connectWhenNobodyListensOnUnixSocketFails(@TempDir Path directory) {
		Path path = directory.resolve("nobody.sock");
		assertThatException().isThrownBy(() -> SocketTestClient.connect(path))
			.isInstanceOf(UncheckedIOException.class)
			.withMessage("Cannot connect to " + path);
	}

	@Test
	void connectWhenOnUnixSocketTalksAndSeesTheEnd(@TempDir Path directory) throws Exception {
		Path path = directory.resolve("test.sock");
		try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
			.bind(UnixDomainSocketAddress.of(path)); SocketTestClient client = SocketTestClient.connect(path)) {
			try (SocketChannel server = listener.accept()) {
				client.send("hello");
				ByteBuffer received = ByteBuffer.allocate(6);
				while (received.hasRemaining() && server.read(received) >= 0) {
					Thread.onSpinWait();
				}
				assertThat(new String(received.array(), StandardCharsets.UTF_8)).isEqualTo("hello\n");
				server.write(ByteBuffer.wrap("bye\n".getBytes(StandardCharsets.UTF_8)));
			}
			client.expect("bye");
			client.expectClosed();
		}
	}

	@Test
	void webSocketMethodsWhenNoWebSocketFail() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> ScriptedServer.write(socket, ""));
				SocketTestClient client = SocketTestClient.connect(server.port())) {
			assertThat(client.subprotocol()).isEmpty();
			assertThatThrownBy(() -> client.sendClose(1000, "")).isInstanceOf(UnsupportedOperationException.class);
			assertThatAssertionError(client::closeCode)
				.hasMessage("Expected a WebSocket close code but the connection was closed");
			assertThatIllegalStateException().isThrownBy(() -> SocketTestClient.to(1).expectRefused(403));
		}
	}

	@Test
	void toWhenArgumentsAreWrongThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> SocketTestClient.to(0))
			.withMessage("'port' must be between 1 and 65535, but is 0");
		assertThatIllegalArgumentException().isThrownBy(() -> SocketTestClient.to("", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> SocketTestClient.to(1).webSocket("live"))
			.withMessage("'path' must begin with '/', but is 'live'");
	}

	private static boolean sendFails(SocketTestClient client) {
		try {
			client.send("x");
			return false;
		}
		catch (UncheckedIOException ex) {
			return true;
		}
	}

	private static AbstractThrowableAssert<?, ?> assertThatAssertionError(ThrowingCallable callable) {
		return assertThatThrownBy(callable).isInstanceOf(AssertionError.class);
	}

	static final class BracketFraming implements Framing {

		@Override
		public boolean next(ByteBuf in, Frame frame) {
			int start = in.readerIndex();
			if (in.getByte(start) != '<' && in.getByte(start) != '[') {
				throw new FramingException("No bracket");
			}
			int end = in.indexOf(start + frame.scanned(), in.writerIndex(), (byte) ']');
			return (end < 0) ? frame.incomplete(in.readableBytes()) : frame.found(start + 1, end - start - 1, end + 1);
		}

		@Override
		public int headerLength() {
			return 1;
		}

		@Override
		public void complete(ByteBuf out, int frameStart) {
			if (out.indexOf(frameStart, out.writerIndex(), (byte) ']') >= 0) {
				throw new FramingException("Bracket in payload");
			}
			out.setByte(frameStart, '<').writeByte(']');
		}

	}

}
