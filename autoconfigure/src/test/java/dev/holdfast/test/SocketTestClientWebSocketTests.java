package dev.holdfast.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link SocketTestClient} over WebSocket.
 */
class SocketTestClientWebSocketTests {

	@Test
	void expectWhenServerSendsMessagesReturns() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript script = WebSocketScript.accept(socket);
			script.write(true, WebSocketScript.TEXT, "grüße");
			script.write(false, WebSocketScript.TEXT, "in ");
			script.write(false, WebSocketScript.CONTINUATION, "three ");
			script.write(true, WebSocketScript.CONTINUATION, "parts");
			script.write(false, WebSocketScript.BINARY, new byte[] { 0, 1 });
			script.write(true, WebSocketScript.CONTINUATION, new byte[] { 2 });
			script.write(true, WebSocketScript.BINARY, "as text");
			assertThat(script.readClose()).isEqualTo(1000);
			script.writeClose(1000, "");
		}); SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			client.expect("grüße");
			client.expect("in three parts");
			assertThat(client.receiveBytes()).containsExactly(0, 1, 2);
			client.expect("as text");
			client.expectNothing(Duration.ofMillis(50));
		}
	}

	@Test
	void sendWhenConnectedSendsTextAndBinaryMessages() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript script = WebSocketScript.accept(socket);
			assertThat(script.readText()).isEqualTo("grüße");
			assertThat(script.read(WebSocketScript.BINARY)).containsExactly(1, 2);
			script.writeClose(1008, "kicked");
			assertThat(script.readClose()).isEqualTo(1008);
		}); SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			client.send("grüße");
			client.send(new byte[] { 1, 2 });
			assertThatThrownBy(() -> client.expect("x")).isInstanceOf(AssertionError.class)
				.hasMessage("Expected \"x\" but the connection was closed with code 1008 'kicked'");
			client.expectClosed();
			assertThat(client.closeCode()).isEqualTo(1008);
		}
	}

	@RepeatedTest(50)
	void closeWhenServerClosedFirstLeavesItsCodeToTheEcho() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript script = WebSocketScript.accept(socket);
			script.writeClose(1008, "kicked");
			assertThat(script.readClose()).isEqualTo(1008);
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}); SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			assertThat(client.closeCode()).isEqualTo(1008);
		}
	}

	@Test
	void connectWhenConfiguredSendsRequest() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript script = WebSocketScript.accept(socket, "Sec-WebSocket-Protocol: chat.v1");
			assertThat(script.request()).startsWith("GET /live?room=1 HTTP/1.1\r\n")
				.containsIgnoringCase("\r\nOrigin: https://example.org\r\n")
				.containsIgnoringCase("\r\nCookie: a=b\r\n")
				.containsPattern("(?i)\r\nSec-WebSocket-Protocol: ?chat.v2, ?chat.v1\r\n");
			assertThat(script.readClose()).isEqualTo(1000);
		});
				SocketTestClient client = SocketTestClient.to(server.port())
					.webSocket("/live?room=1")
					.subprotocols("chat.v2", "chat.v1")
					.header("Origin", "https://example.org")
					.header("Cookie", "a=b")
					.connect()) {
			assertThat(client.subprotocol()).isEqualTo("chat.v1");
		}
	}

	@Test
	void connectWhenRefusedThrowsWithStatus() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> refuse(socket, "403 Forbidden"))) {
			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> SocketTestClient.to(server.port()).webSocket("/").connect())
				.withCauseInstanceOf(WebSocketHandshakeException.class);
		}
	}

	@Test
	void expectRefusedWhenRefusedWithStatusReturns() throws Exception {
		for (String status : new String[] { "400 Bad Request", "401 Unauthorized", "403 Forbidden",
				"426 Upgrade Required", "500 Internal Server Error" }) {
			try (ScriptedServer server = ScriptedServer.start((socket) -> refuse(socket, status))) {
				SocketTestClient.to(server.port())
					.webSocket("/")
					.expectRefused(Integer.parseInt(status.substring(0, 3)));
			}
		}
	}

	@Test
	void expectRefusedWhenOtherStatusOrAcceptedFails() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> refuse(socket, "404 Not Found"))) {
			assertThatThrownBy(() -> SocketTestClient.to(server.port()).webSocket("/").expectRefused(403))
				.isInstanceOf(AssertionError.class)
				.hasMessage("Expected the status 403 but it was 404");
		}
		try (ScriptedServer server = ScriptedServer.start((socket) -> WebSocketScript.accept(socket).readClose())) {
			assertThatThrownBy(() -> SocketTestClient.to(server.port()).webSocket("/").expectRefused(403))
				.isInstanceOf(AssertionError.class)
				.hasMessage("Expected the status 403 but the connection was accepted");
		}
	}

	@Test
	void connectWhenUpgradeStallsThrowsInTime() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatThrownBy(() -> SocketTestClient.to(silent.getLocalPort())
				.webSocket("/")
				.timeout(Duration.ofMillis(100))
				.connect()).isInstanceOf(UncheckedIOException.class);
		}
	}

	@Test
	void pingWhenNobodyWaitsIsAnswered() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript script = WebSocketScript.accept(socket);
			script.write(true, WebSocketScript.PING, "beat");
			assertThat(script.read(WebSocketScript.PONG)).asString().isEqualTo("beat");
			script.writeClose(1001, "");
			assertThat(script.readClose()).isEqualTo(1001);
		})) {
			SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect();
			server.close();
			assertThat(client.closeCode()).isEqualTo(1001);
			client.close();
		}
	}

	@Test
	void sendCloseWhenServerEchoesReturnsCode() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript script = WebSocketScript.accept(socket);
			int code = script.readClose();
			script.write(true, WebSocketScript.TEXT, "late");
			script.writeClose(code, "");
		}); SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			client.sendClose(4001, "bye");
			client.expect("late");
			assertThat(client.closeCode()).isEqualTo(4001);
		}
	}

	@Test
	void closeCodeWhenConnectionEndsWithoutCloseFrameIs1006() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(WebSocketScript::accept);
				SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			assertThat(client.closeCode()).isEqualTo(1006);
		}
	}

	@Test
	void closeCodeWhenCloseFrameIsEmptyIs1005() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript.accept(socket).write(true, WebSocketScript.CLOSE, "");
			ScriptedServer.readAll(socket);
		}); SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			assertThat(client.closeCode()).isEqualTo(1005);
		}
	}

	@Test
	void expectResetWhenServerResetsReturns() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript.accept(socket).readText();
			ScriptedServer.reset(socket);
		}); SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			client.send("go");
			client.expectReset();
			client.expectReset();
		}
	}

	@Test
	void receiveWhenServerViolatesProtocolFails() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript.accept(socket).write(true, 3, "");
			ScriptedServer.readAll(socket);
		}); SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			assertThatThrownBy(client::receive).isInstanceOf(AssertionError.class)
				.hasMessageStartingWith("Expected a message but the connection failed with ")
				.hasCauseInstanceOf(IOException.class);
		}
	}

	@Test
	void resetWhenConnectedDropsConnectionWithoutCloseFrame() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> {
			WebSocketScript.accept(socket);
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		})) {
			SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect();
			client.reset();
			client.reset();
			client.close();
			assertThatThrownBy(client::receive).isInstanceOf(UncheckedIOException.class);
		}
	}

	@Test
	void streamMethodsWhenWebSocketFail() throws Exception {
		try (ScriptedServer server = ScriptedServer.start((socket) -> WebSocketScript.accept(socket).readClose());
				SocketTestClient client = SocketTestClient.to(server.port()).webSocket("/").connect()) {
			assertThatThrownBy(() -> client.sendRaw(new byte[1])).isInstanceOf(UnsupportedOperationException.class);
			assertThatThrownBy(client::shutdownOutput).isInstanceOf(UnsupportedOperationException.class);
		}
	}

	@Test
	void sslWhenBundleTrustsServerExchangesMessages(@TempDir Path directory) throws Exception {
		SslBundle keys = TestKeys.create(directory, "localhost");
		ServerSocket listener = keys.createSslContext()
			.getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
		try (ScriptedServer server = ScriptedServer.start(listener, (socket) -> {
			WebSocketScript script = WebSocketScript.accept(socket);
			script.write(true, WebSocketScript.TEXT, script.readText());
			assertThat(script.readClose()).isEqualTo(1000);
		}); SocketTestClient client = SocketTestClient.to(server.port()).ssl(keys).webSocket("/").connect()) {
			client.send("secret");
			client.expect("secret");
		}
	}

	private static void refuse(Socket socket, String status) throws IOException {
		ScriptedServer.readUntil(socket, "\r\n\r\n");
		ScriptedServer.write(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
	}

}
