package dev.holdfast.server.netty;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.Handshake;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.Blocking;
import dev.holdfast.handler.HandshakeException;
import dev.holdfast.handler.InvalidHandlerException;
import dev.holdfast.handler.OnHandshake;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WebSocketUpgrade} and {@link OnHandshake @OnHandshake}.
 */
class WebSocketUpgradeTests {

	private TestServer server;

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	private void start(Object controller, WebSocketOptionsBuilder options) {
		this.server = TestServer.with(controller).webSocket(options.build()).start();
	}

	private String answer(String request) throws Exception {
		return new WebSocketClient(this.server.connect().send(request)).head();
	}

	@Test
	void upgradeWhenKeyIsOfTheStandardHasItsAnswer() throws Exception {
		start(new EchoController(), new WebSocketOptionsBuilder().subprotocols("b", "a"));
		String answer = answer(WebSocketClient.request("/live?x=1", "Sec-WebSocket-Protocol: a, b"));
		assertThat(answer).startsWith("HTTP/1.1 101 ")
			.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r", "Sec-WebSocket-Protocol: b\r");
	}

	@ParameterizedTest
	@CsvSource({ "GET /live HTTP/1.1,426", "POST /live HTTP/1.1,426", "garbage,400" })
	void requestWhenNoUpgradeIsRefused(String line, int status) throws Exception {
		start(new EchoController(), new WebSocketOptionsBuilder());
		assertThat(answer(line + "\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ")
			.contains("Connection: close");
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
		assertThat(this.server.connections().count()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "/live,/other,404", "Sec-WebSocket-Version: 13,Sec-WebSocket-Version: 8,426",
			"Sec-WebSocket-Version: 13,X: 1,400", "dGhlIHNhbXBsZSBub25jZQ==,short,400",
			"Connection: keep-alive,Connection: close; X,400", "GET,POST,400", "Host: localhost:1,X: y,400" })
	void requestWhenUpgradeIsWrongIsRefused(String part, String replacement, int status) throws Exception {
		start(new EchoController(), new WebSocketOptionsBuilder());
		String request = WebSocketClient.request("/live").replace(part, replacement).replace("X, Upgrade", "X");
		assertThat(answer(request)).startsWith("HTTP/1.1 " + status + " ");
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
	}

	@ParameterizedTest
	@CsvSource({ "Content-Length: 3,400", "Transfer-Encoding: chunked,400", "Content-Length: 0,101" })
	void requestWhenUpgradeHasBodyIsRefused(String header, int status) throws Exception {
		start(new EchoController(), new WebSocketOptionsBuilder());
		assertThat(answer(WebSocketClient.request("/live", header))).startsWith("HTTP/1.1 " + status + " ");
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:1/live?later=bob,101", "ws://other/live?later=bob,101", "http://localhost:1,404",
			"http://localhost:1/other,404", "live,404", "*,404" })
	void requestWhenTargetHasHostIsForItsPath(String target, int status) throws Exception {
		start(new DecidingController(), new WebSocketOptionsBuilder());
		assertThat(answer(WebSocketClient.request("/live").replace("/live", target)))
			.startsWith("HTTP/1.1 " + status + " ");
	}

	@Test
	void requestWhenHeadersAreTooLongIsRefused() throws Exception {
		start(new EchoController(), new WebSocketOptionsBuilder());
		assertThat(answer(WebSocketClient.request("/live", "X: " + "y".repeat(17 * 1024)))).startsWith("HTTP/1.1 431 ");
	}

	@Test
	void requestWhenNotFinishedInTimeIsAborted() throws Exception {
		this.server = TestServer.with(new EchoController())
			.webSocket(new WebSocketOptionsBuilder().build())
			.frameTimeout(Duration.ofMillis(100))
			.start();
		this.server.connect().send("GET /live HTTP/1.1\r\n");
		this.server.awaitClosed(CloseReason.FRAME_TIMEOUT);
	}

	@ParameterizedTest
	@CsvSource({ "https://localhost:8443,101", "http://LOCALHOST,101", "http://evil.example,403", "null,403" })
	void originWhenNoneIsAllowedMustBeOfTheSameHost(String origin, int status) throws Exception {
		start(new EchoController(), new WebSocketOptionsBuilder());
		assertThat(answer(WebSocketClient.request("/live", "Origin: " + origin)))
			.startsWith("HTTP/1.1 " + status + " ");
	}

	@ParameterizedTest
	@CsvSource({ "https://a.example,101", "https://localhost,403" })
	void originWhenSomeAreAllowedMustBeOneOfThem(String origin, int status) throws Exception {
		start(new EchoController(), new WebSocketOptionsBuilder().allowedOrigins("https://a.example"));
		assertThat(answer(WebSocketClient.request("/live", "Origin: " + origin)))
			.startsWith("HTTP/1.1 " + status + " ");
	}

	@ParameterizedTest
	@CsvSource({ "user=alice,101", "refuse=1,403", "status=1,409", "fail=1,500", "later=bob,101", "laterNo=1,403",
			"blank=1,500", "laterBlank=1,500", "long=1,500" })
	void handshakeWhenHandlerDecidesAnswers(String query, int status) throws Exception {
		start(new DecidingController(), new WebSocketOptionsBuilder());
		assertThat(answer(WebSocketClient.request("/live?" + query))).startsWith("HTTP/1.1 " + status + " ");
	}

	@Test
	void handshakeWhenHandlerReturnsTextBindsUserAndKeepsAttributes() throws Exception {
		start(new DecidingController(), new WebSocketOptionsBuilder());
		WebSocketClient client = new WebSocketClient(this.server.connect());
		client.raw().send(WebSocketClient.request("/live?later=bob", "Cookie: a=b"));
		client.head();
		assertThat(client.receiveText()).isEqualTo("bob b later=bob");
		SocketConnection connection = this.server.onlyConnection();
		assertThat(connection.attributes()).containsEntry("seen", true);
		assertThat(connection.handshake().orElseThrow().headers()).isEmpty();
		assertThat(connection.handshake().orElseThrow().queryParameter("later")).isEqualTo("bob");
	}

	@Test
	void handshakeWhenMessageCameAlongIsHandledAfterOpening() throws Exception {
		start(new DecidingController(), new WebSocketOptionsBuilder().keepHeaders());
		WebSocketClient client = new WebSocketClient(this.server.connect());
		client.raw().send(WebSocketClient.request("/live?later=bob"));
		client.text("early").head();
		assertThat(client.receiveText()).startsWith("bob");
		assertThat(client.receiveText()).isEqualTo("early");
		assertThat(this.server.onlyConnection().handshake().orElseThrow().header("host")).isEqualTo("localhost:1");
	}

	@Test
	void handshakeWhenBlockingDecides() throws Exception {
		start(new BlockingController(), new WebSocketOptionsBuilder());
		assertThat(answer(WebSocketClient.request("/live"))).startsWith("HTTP/1.1 403 ");
	}

	@Test
	void handlersWhenServerIsNamedAndSpeaksNoWebSocketFail() {
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> TestServer.with(new NamedController()).build(0))
			.withMessageContaining("does not speak WebSocket");
	}

	@Test
	void handlersWhenTwoDecideFail() {
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> TestServer.with(new DecidingController(), new BlockingController())
				.webSocket(new WebSocketOptionsBuilder().build())
				.build(0))
			.withMessageContaining("are both @OnHandshake");
	}

	@SocketController
	static class DecidingController {

		@OnHandshake
		Object decide(Handshake handshake) {
			handshake.attributes().put("seen", true);
			return switch (handshake.query().split("=")[0]) {
				case "refuse" -> false;
				case "status" -> throw new HandshakeException(409);
				case "fail" -> throw new IllegalStateException("Meant to fail");
				case "later" -> CompletableFuture.supplyAsync(() -> handshake.queryParameter("later"),
						CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
				case "blank" -> " ";
				case "laterBlank" -> Mono.delay(Duration.ofMillis(50)).thenReturn(" ");
				case "long" -> "x".repeat(MemberConnection.MAX_NAME_LENGTH + 1);
				case "laterNo" -> Mono.delay(Duration.ofMillis(50)).thenReturn(false);
				default -> List.of("anything else");
			};
		}

		@OnOpen
		String greet(SocketConnection connection, Handshake handshake) {
			return "%s %s %s".formatted(connection.user().orElse("nobody"), handshake.cookies().get("a"),
					handshake.query());
		}

		@OnMessage
		String echo(String message) {
			return message;
		}

	}

	@SocketController
	static class BlockingController {

		@OnHandshake
		@Blocking
		boolean decide(Handshake handshake) {
			return false;
		}

	}

	@SocketController(TestServer.NAME)
	static class NamedController {

		@OnHandshake
		boolean decide() {
			return true;
		}

	}

}
