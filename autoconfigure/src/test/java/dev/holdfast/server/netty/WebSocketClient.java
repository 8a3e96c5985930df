package dev.holdfast.server.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Speaks WebSocket byte by byte over a {@link TestClient}, also where it is wrong.
 */
final class WebSocketClient implements Bystander.Conversation {

	static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	private static final byte[] MASK = { 0x12, 0x34, 0x56, 0x78 };

	private final TestClient client;

	WebSocketClient(TestClient client) {
		this.client = client;
	}

	static WebSocketClient upgrade(TestServer server, String... headers) throws Exception {
		return upgrade(server.connect(), headers);
	}

	static WebSocketClient upgrade(TestClient raw, String... headers) throws IOException {
		WebSocketClient client = new WebSocketClient(raw);
		client.client.send(request("/live", headers));
		String head = client.head();
		if (!head.startsWith("HTTP/1.1 101 ")) {
			throw new IOException("Not upgraded: " + head);
		}
		return client;
	}

	static String request(String path, String... headers) {
		StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost:1\r\n")
			.append("Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n")
			.append("Sec-WebSocket-Key: " + KEY + "\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		return request.append("\r\n").toString();
	}

	String head() throws IOException {
		StringBuilder head = new StringBuilder();
		String line = this.client.line();
		while (!line.equals("\r")) {
			head.append(line).append('\n');
			line = this.client.line();
		}
		return head.toString();
	}

	WebSocketClient send(int head, byte[] payload) throws IOException {
		this.client.send(frame(head, payload));
		return this;
	}

	WebSocketClient send(int head, String payload) throws IOException {
		return send(head, payload.getBytes(StandardCharsets.UTF_8));
	}

	WebSocketClient text(String payload) throws IOException {
		return send(0x81, payload);
	}

	@Override
	public String ask(String text) throws IOException {
		return text(text).receiveText();
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

	TestClient raw() {
		return this.client;
	}

	static byte[] frame(int head, byte[] payload) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(head);
		if (payload.length < 126) {
			out.write(0x80 | payload.length);
		}
		else if (payload.length <= 0xFFFF) {
			out.write(0x80 | 126);
			out.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
		}
		else {
			out.write(0x80 | 127);
			out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
		}
		out.writeBytes(MASK);
		for (int i = 0; i < payload.length; i++) {
			out.write(payload[i] ^ MASK[i % MASK.length]);
		}
		return out.toByteArray();
	}

	Received receive() throws IOException {
		byte[] start = this.client.read(2);
		if (start.length < 2) {
			throw new IOException("The connection ended");
		}
		int length = switch (start[1]) {
			case 126 -> ByteBuffer.wrap(this.client.read(2)).getShort() & 0xFFFF;
			case 127 -> (int) ByteBuffer.wrap(this.client.read(8)).getLong();
			default -> start[1];
		};
		return new Received(start[0] & 0xFF, this.client.read(length));
	}

	String receiveText() throws IOException {
		Received received = receive();
		if (received.head() != 0x81) {
			throw new IOException("No text but " + Integer.toHexString(received.head()));
		}
		return received.text();
	}

	int receiveClose() throws IOException {
		Received received = receive();
		while (received.head() != 0x88) {
			received = receive();
		}
		return (received.payload().length > 0) ? ByteBuffer.wrap(received.payload()).getShort() & 0xFFFF : 0;
	}

	/**
	 * A frame of the server.
	 *
	 * @param head its first byte
	 * @param payload its payload
	 */
	record Received(int head, byte[] payload) {

		String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

	}

}
