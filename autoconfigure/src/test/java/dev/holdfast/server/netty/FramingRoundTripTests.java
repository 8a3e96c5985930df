package dev.holdfast.server.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.holdfast.codec.DelimiterFraming;
import dev.holdfast.codec.FixedLengthFraming;
import dev.holdfast.codec.Framing;
import dev.holdfast.codec.LengthField;
import dev.holdfast.codec.LengthFieldFraming;
import dev.holdfast.codec.LineFraming;
import dev.holdfast.codec.RawFraming;
import dev.holdfast.connection.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Framings from socket to socket: messages are echoed, so that bytes come back as they
 * were sent.
 */
@ExtendWith(LeakDetection.class)
class FramingRoundTripTests {

	private static final int MAX = 1000;

	private final EchoController controller = new EchoController();

	static Stream<Wire> wires() {
		return Stream.of(new Wire("line", new LineFraming(MAX), (payload) -> payload + "\n", MAX),
				new Wire("delimiter", new DelimiterFraming(new byte[] { 0, 1 }, MAX),
						(payload) -> payload + "\u0000\u0001", MAX),
				new Wire("length-field", lengthField(4, false), (payload) -> "\u0000\u0000" + length(payload, 0),
						MAX - 4),
				new Wire("length-field with header", lengthField(2, true), (payload) -> length(payload, 2), MAX - 2),
				new Wire("fixed-length", new FixedLengthFraming(50, MAX), (payload) -> payload, 50));
	}

	private static LengthFieldFraming lengthField(int length, boolean includesHeader) {
		return new LengthFieldFraming(new LengthField(0, length, 0, includesHeader, true, ByteOrder.BIG_ENDIAN), MAX);
	}

	private static String length(String payload, int header) {
		int length = payload.length() + header;
		return "" + (char) (length >> 8) + (char) (length & 0xff) + payload;
	}

	@ParameterizedTest
	@MethodSource("wires")
	void messageWhenSentBytewiseIsAnswered(Wire wire) throws Exception {
		try (TestServer server = start(wire)) {
			byte[] sent = wire.frames(20, 1);
			assertThat(server.connect().sendBytewise(sent).read(sent.length)).isEqualTo(sent);
			await().untilAsserted(() -> assertThat(server.statistics().messages().handled()).isEqualTo(20));
		}
	}

	@ParameterizedTest
	@MethodSource("wires")
	void messagesWhenInOnePacketAreAnsweredInOrder(Wire wire) throws Exception {
		try (TestServer server = start(wire)) {
			byte[] sent = wire.frames(500, 1);
			assertThat(server.connect().send(sent).read(sent.length)).isEqualTo(sent);
			assertThat(server.statistics().messages().received()).isEqualTo(500);
		}
	}

	@ParameterizedTest
	@MethodSource("wires")
	void messageWhenOverManyPacketsIsAnswered(Wire wire) throws Exception {
		try (TestServer server = start(wire)) {
			byte[] sent = wire.frames(3, wire.longest());
			TestClient client = server.connect();
			for (int i = 0; i < sent.length; i += 37) {
				client.send(Arrays.copyOfRange(sent, i, Math.min(i + 37, sent.length)));
				await().pollDelay(Duration.ofMillis(1)).until(() -> true);
			}
			assertThat(client.read(sent.length)).isEqualTo(sent);
			assertThat(server.statistics().messages().received()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@MethodSource("wires")
	void messageWhenLongestAllowedIsAnswered(Wire wire) throws Exception {
		try (TestServer server = start(wire)) {
			byte[] sent = wire.frames(2, wire.longest());
			assertThat(server.connect().send(sent).read(sent.length)).isEqualTo(sent);
		}
	}

	@ParameterizedTest
	@MethodSource("wires")
	void messageWhenOneBeyondLongestClosesAndIsCounted(Wire wire) throws Exception {
		Assumptions.assumeFalse(wire.framing() instanceof FixedLengthFraming,
				"Each frame of a fixed length has the longest");
		try (TestServer server = start(wire)) {
			byte[] good = wire.frames(1, 10);
			TestClient client = server.connect();
			client.send(good).send(wire.frames(1, wire.longest() + 1));
			assertThat(client.readAll()).isEqualTo(good);
			client.close();
			server.awaitClosed(CloseReason.FRAME_TOO_LARGE);
			assertThat(server.statistics().messages().received()).isEqualTo(1);
			assertThat(this.controller.closed).containsExactly(CloseReason.FRAME_TOO_LARGE);
		}
	}

	@Test
	void bytesWhenRawComeBackWhateverTheirPackets() throws Exception {
		try (TestServer server = TestServer.with(this.controller).framing(new RawFraming(MAX)).start()) {
			byte[] sent = "x".repeat(50_000).getBytes(StandardCharsets.UTF_8);
			assertThat(server.connect().send(sent).read(sent.length)).isEqualTo(sent);
			assertThat(server.statistics().bytes().received()).isEqualTo(sent.length);
		}
	}

	@Test
	void frameWhenLengthIsBelowHeaderClosesAsBadFrame() throws Exception {
		try (TestServer server = TestServer.with(this.controller).framing(lengthField(2, true)).start()) {
			byte[] good = length("ok", 2).getBytes(StandardCharsets.ISO_8859_1);
			TestClient client = server.connect().send(good).send(new byte[] { 0, 1 });
			assertThat(client.readAll()).isEqualTo(good);
			client.close();
			server.awaitClosed(CloseReason.BAD_FRAME);
		}
	}

	@Test
	void repliesWhenTenThousandLinesInOneWriteComeInOrder() throws Exception {
		Wire wire = new Wire("line", new LineFraming(MAX), (payload) -> payload + "\n", MAX);
		try (TestServer server = start(wire)) {
			byte[] sent = wire.frames(10_000, 1);
			assertThat(server.connect().send(sent).read(sent.length)).isEqualTo(sent);
			assertThat(server.statistics().messages().sent()).isEqualTo(10_000);
		}
	}

	private TestServer start(Wire wire) {
		return TestServer.with(this.controller).framing(wire.framing()).start();
	}

	/**
	 * A framing and its frames on the wire.
	 */
	record Wire(String name, Framing framing, UnaryOperator<String> frame, int longest) {

		byte[] frames(int count, int length) throws IOException {
			ByteArrayOutputStream frames = new ByteArrayOutputStream();
			int width = (this.framing instanceof FixedLengthFraming) ? this.longest : Math.max(length, 8);
			for (int i = 0; i < count; i++) {
				String payload = "m" + i + ".".repeat(width - ("m" + i).length());
				frames.write(this.frame.apply(payload).getBytes(StandardCharsets.ISO_8859_1));
			}
			return frames.toByteArray();
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
