package dev.holdfast.sample;

import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;

import dev.holdfast.codec.LengthField;
import dev.holdfast.codec.LengthFieldFraming;
import dev.holdfast.test.LocalSocketPort;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EchoHandler} and {@link FramesHandler}.
 */
@SampleTest
class EchoServersTests {

	@Test
	void echoWhenLineIsSentAnswersIt(@LocalSocketPort("echo") int port) {
		try (SocketTestClient client = SocketTestClient.connect(port)) {
			client.send("hello");
			client.expect("hello");
		}
	}

	@Test
	void echoWhenFrameIsSentAnswersIt(@LocalSocketPort("frames") int port) {
		byte[] frame = { 0, 0, 0, 6, 'h', 'i' };
		try (SocketTestClient client = SocketTestClient.to(port).framing(wholeFrames()).connect()) {
			client.sendRaw(frame);
			assertThat(client.receiveBytes()).isEqualTo(frame);
		}
	}

	private static LengthFieldFraming wholeFrames() {
		return new LengthFieldFraming(new LengthField(0, 4, 0, true, false, ByteOrder.BIG_ENDIAN), 1024);
	}

}
