package dev.holdfast.docs.fromworkerman;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.test.LocalSocketPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that servers configured as {@code docs/from-workerman.md} shows answer the bytes
 * of clients of Workerman's text, frame and websocket protocols with the bytes that
 * Workerman answers.
 */
@SpringBootTest(properties = { "holdfast.servers.text.port=0", "holdfast.servers.text.max-frame-length=10MB",
		"holdfast.servers.frame.port=0", "holdfast.servers.frame.framing=length-field",
		"holdfast.servers.frame.length-field.includes-header=true", "holdfast.servers.frame.payload=bytes",
		"holdfast.servers.frame.max-frame-length=10MB", "holdfast.servers.chat.port=0",
		"holdfast.servers.chat.transport=websocket", "holdfast.servers.chat.max-frame-length=10MB" })
class WorkermanClientTests {

	private static final int TIMEOUT = 10_000;

	/**
	 * What Workerman's websocket client sends, with its headers in its order.
	 */
	private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
			+ "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
			+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

	private static final String ACCEPT = "sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=";

	@ParameterizedTest
	@CsvSource({ "68656c6c6f0a, 68656c6c6f0a", "68656c6c6f0d0a, 68656c6c6f0a", "0a, 0a", "610d0d0a, 610a",
			"610a620a630a, 610a620a630a", "e4bda0e5a5bd0a, e4bda0e5a5bd0a", "6100620a, 6100620a" })
	void textWhenClientSendsLinesIsAnsweredByteByByte(String sent, String answered, @LocalSocketPort("text") int port)
			throws IOException {
		assertAnswered(port, sent, answered);
	}

	@ParameterizedTest
	@CsvSource({ "0000000968656c6c6f, 0000000968656c6c6f", "00000004, 00000004",
			"0000000561000000066263, 0000000561000000066263", "0000000800ff0a0d, 0000000800ff0a0d" })
	void frameWhenClientSendsFramesIsAnsweredByteByByte(String sent, String answered,
			@LocalSocketPort("frame") int port) throws IOException {
		assertAnswered(port, sent, answered);
	}

	@ParameterizedTest
	@CsvSource({ "81850000000068656c6c6f, 810568656c6c6f", "81850102030469676f686e, 810568656c6c6f",
			"818000000000, 8100", "818600000000e4bda0e5a5bd, 8106e4bda0e5a5bd", "89810000000070, 8a0170",
			"898000000000, 8a00", "01830000000048656c8082000000006c6f, 810548656c6c6f",
			"01830000000048656c898100000000708082000000006c6f, 8a0170810548656c6c6f",
			"8181000000006181810000000062, 810161810162", "88820000000003e8, 880203e8" })
	void websocketWhenClientSendsFramesIsAnsweredByteByByte(String sent, String answered,
			@LocalSocketPort("chat") int port) throws IOException {
		try (Socket socket = upgraded(port)) {
			assertAnswered(socket, sent, answered);
		}
	}

	@Test
	void websocketWhenMessageIsLongIsAnsweredByteByByte(@LocalSocketPort("chat") int port) throws IOException {
		String text = "78".repeat(300);
		try (Socket socket = upgraded(port)) {
			assertAnswered(socket, "81fe012c00000000" + text, "817e012c" + text);
		}
	}

	private static void assertAnswered(int port, String sent, String answered) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			assertAnswered(socket, sent, answered);
		}
	}

	private static void assertAnswered(Socket socket, String sent, String answered) throws IOException {
		HexFormat hex = HexFormat.of();
		socket.setSoTimeout(TIMEOUT);
		socket.getOutputStream().write(hex.parseHex(sent));
		byte[] answer = socket.getInputStream().readNBytes(answered.length() / 2);
		assertThat(hex.formatHex(answer)).isEqualTo(answered);
	}

	private static Socket upgraded(int port) throws IOException {
		Socket socket = new Socket("127.0.0.1", port);
		socket.setSoTimeout(TIMEOUT);
		socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
		StringBuilder head = new StringBuilder();
		InputStream in = socket.getInputStream();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.read());
		}
		assertThat(head.toString()).startsWith("HTTP/1.1 101 ").containsIgnoringCase(ACCEPT);
		return socket;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ TextHandler.class, FrameHandler.class })
	static class Application {

	}

	@SocketController({ "text", "chat" })
	static class TextHandler {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@SocketController("frame")
	static class FrameHandler {

		@OnMessage
		byte[] echo(byte[] bytes) {
			return bytes;
		}

	}

}
