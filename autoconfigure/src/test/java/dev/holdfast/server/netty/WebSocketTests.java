package dev.holdfast.server.netty;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.connection.WebSocketMessage;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WebSocketConnection} after the upgrade.
 */
class WebSocketTests {

	private final EchoController controller = new EchoController();

	private TestServer server;

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	private WebSocketClient start(WebSocketOptionsBuilder options) throws Exception {
		this.server = TestServer.with(this.controller).webSocket(options.build()).start();
		return WebSocketClient.upgrade(this.server);
	}

	private WebSocketClient start() throws Exception {
		return start(new WebSocketOptionsBuilder());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 65535, 65536, 70000 })
	void messageWhenOfAnyLengthIsAnswered(int length) throws Exception {
		WebSocketClient client = start(new WebSocketOptionsBuilder().maxLengths(100_000, 100_000));
		String text = "x".repeat(length);
		assertThat(client.text(text).receiveText()).isEqualTo(text);
	}

	@Test
	void pingsWhenManyComeAtOnceAreAnsweredInOrderAmongReplies() throws Exception {
		WebSocketClient client = start(new WebSocketOptionsBuilder());
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = 0; i < 2000; i++) {
			frames.writeBytes(WebSocketClient.frame(0x89, ("ping " + i).getBytes(StandardCharsets.UTF_8)));
			frames.writeBytes(WebSocketClient.frame(0x81, ("text " + i).getBytes(StandardCharsets.UTF_8)));
		}
		client.raw().send(frames.toByteArray());
		for (int i = 0; i < 2000; i++) {
			WebSocketClient.Received pong = client.receive();
			assertThat(pong.head()).isEqualTo(0x8A);
			assertThat(pong.text()).isEqualTo("ping " + i);
			assertThat(client.receiveText()).isEqualTo("text " + i);
		}
		assertThat(this.server.statistics().messages().sent()).isEqualTo(2000);
	}

	@Test
	void messageWhenNotAsciiIsAnswered() throws Exception {
		String text = "é€😀".repeat(30);
		assertThat(start().text(text).receiveText()).isEqualTo(text);
	}

	@Test
	void messageWhenClientIsOfTheJdkIsAnswered() throws Exception {
		this.server = TestServer.with(this.controller).webSocket(new WebSocketOptionsBuilder().build()).start();
		try (SocketTestClient client = SocketTestClient.to(this.server.port()).webSocket("/live").connect()) {
			client.send("hello");
			client.expect("hello");
			client.send("bytes".getBytes(StandardCharsets.UTF_8));
			client.expect("bytes");
			client.sendClose(4001, "bye");
			client.expectClosed();
			assertThat(client.closeCode()).isEqualTo(4001);
		}
		this.server.awaitClosed(CloseReason.CLIENT);
	}

	@Test
	void messageWhenSentBytewiseIsAnswered() throws Exception {
		WebSocketClient client = start();
		client.raw().sendBytewise(WebSocketClient.frame(0x81, "slow".getBytes(StandardCharsets.UTF_8)));
		assertThat(client.receiveText()).isEqualTo("slow");
	}

	@Test
	void messageWhenFragmentedIsJoinedAroundControlFrames() throws Exception {
		WebSocketClient client = start().send(0x01, "one ").send(0x89, "ping").send(0x00, "two ").send(0x80, "three");
		WebSocketClient.Received pong = client.receive();
		assertThat(pong.head()).isEqualTo(0x8A);
		assertThat(pong.text()).isEqualTo("ping");
		assertThat(client.receiveText()).isEqualTo("one two three");
	}

	@Test
	void messagesWhenSentAtOnceAreAnsweredInOrder() throws Exception {
		WebSocketClient client = start();
		for (int i = 0; i < 1000; i++) {
			client.text("message " + i);
		}
		for (int i = 0; i < 1000; i++) {
			assertThat(client.receiveText()).isEqualTo("message " + i);
		}
		assertThat(this.server.statistics().messages().received()).isEqualTo(1000);
	}

	@Test
	void replyWhenBytesIsBinary() throws Exception {
		this.server = TestServer.with(new BytesController()).webSocket(new WebSocketOptionsBuilder().build()).start();
		WebSocketClient client = WebSocketClient.upgrade(this.server);
		assertThat(client.receive().head()).isEqualTo(0x81);
		assertThat(client.text("text").receive().head()).isEqualTo(0x82);
	}

	@Test
	void messageWhenTakenWithItsKindIsAnsweredInKind() throws Exception {
		this.server = TestServer.with(new KindController()).webSocket(new WebSocketOptionsBuilder().build()).start();
		WebSocketClient client = WebSocketClient.upgrade(this.server);
		client.text("a").send(0x82, "b").send(0x01, "c").send(0x80, "c").send(0x02, "d").send(0x80, "d");
		for (String expected : new String[] { "81a", "82b", "81cc", "82dd" }) {
			WebSocketClient.Received received = client.receive();
			assertThat(Integer.toHexString(received.head()) + received.text()).isEqualTo(expected);
		}
	}

	@Test
	void closeWhenPeerClosesIsEchoed() throws Exception {
		WebSocketClient client = start().send(0x88, new byte[] { 0x0F, (byte) 0xA1 });
		assertThat(client.receiveClose()).isEqualTo(4001);
		assertThat(client.raw().read(1)).isEmpty();
		client.raw().close();
		this.server.awaitClosed(CloseReason.CLIENT);
	}

	@Test
	void closeWhenHandlerClosesTellsCodeAndText() throws Exception {
		WebSocketClient client = start();
		this.server.onlyConnection().close(4002, "enough");
		WebSocketClient.Received close = client.receive();
		assertThat(close.head()).isEqualTo(0x88);
		assertThat(Arrays.copyOf(close.payload(), 2)).containsExactly(0x0F, 0xA2);
		assertThat(close.text()).endsWith("enough");
		client.raw().close();
		this.server.awaitClosed(CloseReason.HANDLER);
	}

	@Test
	void closeWhenHandlerClosesItsOwnConnectionEndsItAtOnce() throws Exception {
		ClosingController controller = new ClosingController();
		this.server = TestServer.with(controller).webSocket(new WebSocketOptionsBuilder().build()).start();
		WebSocketClient client = WebSocketClient.upgrade(this.server);
		client.send(0x81, "bye".getBytes(StandardCharsets.UTF_8)).send(0x81, "more".getBytes(StandardCharsets.UTF_8));
		assertThat(client.receiveClose()).isEqualTo(4005);
		client.raw().close();
		this.server.awaitClosed(CloseReason.HANDLER);
		assertThat(controller.seen).containsExactly("bye", "open false", "sent false");
	}

	@ParameterizedTest
	@ValueSource(ints = { 999, 1004, 1005, 1006, 1015, 2999, 5000 })
	void closeWhenCodeMustNotBeSentThrowsException(int code) throws Exception {
		start();
		SocketConnection connection = this.server.onlyConnection();
		assertThatIllegalArgumentException().isThrownBy(() -> connection.close(code, "x"))
			.withMessageStartingWith("'code' must be one that may be sent");
		assertThat(connection.isOpen()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x83, 0x8B, 0xC1, 0xA1, 0x91, 0x09, 0x80 })
	void frameWhenHeadIsWrongIsClosedAsBadFrame(int head) throws Exception {
		assertThat(start().send(head, "x").receiveClose()).isEqualTo(1002);
		this.server.awaitClosed(CloseReason.BAD_FRAME);
	}

	@Test
	void frameWhenNotMaskedIsClosedAsBadFrame() throws Exception {
		WebSocketClient client = start();
		client.raw().send(new byte[] { (byte) 0x81, 1, 'x' });
		assertThat(client.receiveClose()).isEqualTo(1002);
	}

	@Test
	void textWhenNotUtf8IsClosed() throws Exception {
		assertThat(start().send(0x81, new byte[] { 'a', (byte) 0xC0, (byte) 0x80 }).receiveClose()).isEqualTo(1007);
		this.server.awaitClosed(CloseReason.BAD_FRAME);
	}

	@Test
	void textWhenCharacterIsCutBetweenFragmentsIsJoined() throws Exception {
		byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
		WebSocketClient client = start().send(0x01, Arrays.copyOf(euro, 1)).send(0x80, Arrays.copyOfRange(euro, 1, 3));
		assertThat(client.receiveText()).isEqualTo("€");
	}

	@Test
	void messageWhenTooLongIsClosed() throws Exception {
		WebSocketClient client = start(new WebSocketOptionsBuilder().maxLengths(10, 15));
		assertThat(client.text("0123456789").receiveText()).isEqualTo("0123456789");
		client.send(0x01, "0123456789").send(0x80, "012345");
		assertThat(client.receiveClose()).isEqualTo(1009);
		this.server.awaitClosed(CloseReason.FRAME_TOO_LARGE);
	}

	@Test
	void messageWhenInOneFrameAndTooLongIsClosed() throws Exception {
		WebSocketClient client = start(new WebSocketOptionsBuilder().maxLengths(100, 15));
		assertThat(client.text("0123456789abcde").receiveText()).isEqualTo("0123456789abcde");
		assertThat(client.text("0123456789abcdef").receiveClose()).isEqualTo(1009);
		this.server.awaitClosed(CloseReason.FRAME_TOO_LARGE);
	}

	@Test
	void frameWhenTooLongIsClosedBeforeItsPayload() throws Exception {
		WebSocketClient client = start(new WebSocketOptionsBuilder().maxLengths(10, 100));
		client.raw().send(Arrays.copyOf(WebSocketClient.frame(0x81, new byte[11]), 2));
		assertThat(client.receiveClose()).isEqualTo(1009);
	}

	@SocketController
	static class KindController {

		@OnMessage
		Mono<WebSocketMessage> answer(WebSocketMessage message) {
			return Mono.delay(Duration.ofMillis(10)).thenReturn(message);
		}

	}

	@SocketController
	static class ClosingController {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@OnMessage
		String end(String message, SocketConnection connection) {
			this.seen.add(message);
			connection.close(4005, "enough");
			this.seen.add("open " + connection.isOpen());
			this.seen.add("sent " + connection.send("after"));
			return "late";
		}

	}

	@SocketController
	static class BytesController {

		@OnOpen
		Object greet(SocketConnection connection) {
			return WebSocketMessage.text("hi".getBytes(StandardCharsets.UTF_8));
		}

		@OnMessage
		byte[] answer(byte[] message) {
			return message;
		}

	}

}
