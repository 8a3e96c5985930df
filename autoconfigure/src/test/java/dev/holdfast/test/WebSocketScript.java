package dev.holdfast.test;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server's side of a WebSocket connection, as short frames.
 */
final class WebSocketScript {

	static final int CONTINUATION = 0;

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: (\\S+)");

	private final Socket socket;

	private final String request;

	private WebSocketScript(Socket socket, String request) {
		this.socket = socket;
		this.request = request;
	}

	static WebSocketScript accept(Socket socket, String... headers) throws Exception {
		String request = ScriptedServer.readUntil(socket, "\r\n\r\n");
		Matcher key = KEY.matcher(request);
		assertThat(key.find()).as(request).isTrue();
		StringBuilder response = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
		response.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
		response.append("Sec-WebSocket-Accept: ").append(accept(key.group(1))).append("\r\n");
		for (String header : headers) {
			response.append(header).append("\r\n");
		}
		ScriptedServer.write(socket, response.append("\r\n").toString());
		return new WebSocketScript(socket, request);
	}

	private static String accept(String key) throws GeneralSecurityException {
		byte[] bytes = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
		return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
	}

	String request() {
		return this.request;
	}

	void write(boolean last, int opcode, String payload) throws IOException {
		write(last, opcode, payload.getBytes(StandardCharsets.UTF_8));
	}

	void write(boolean last, int opcode, byte[] payload) throws IOException {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 2);
		frame.put((byte) (last ? 0x80 | opcode : opcode)).put((byte) payload.length).put(payload);
		this.socket.getOutputStream().write(frame.array());
	}

	void writeClose(int code, String reason) throws IOException {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		write(true, CLOSE, ByteBuffer.allocate(text.length + 2).putShort((short) code).put(text).array());
	}

	byte[] read(int opcode) throws IOException {
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		assertThat(in.readUnsignedByte()).isEqualTo(0x80 | opcode);
		int length = in.readUnsignedByte() & 0x7f;
		byte[] mask = in.readNBytes(4);
		byte[] payload = in.readNBytes(length);
		for (int i = 0; i < length; i++) {
			payload[i] ^= mask[i % 4];
		}
		return payload;
	}

	String readText() throws IOException {
		return new String(read(TEXT), StandardCharsets.UTF_8);
	}

	int readClose() throws IOException {
		return ByteBuffer.wrap(read(CLOSE)).getShort();
	}

}
