package dev.holdfast.server.netty;

import java.util.Arrays;
import java.util.zip.Deflater;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.holdfast.connection.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageDeflate}.
 */
class MessageDeflateTests {

	private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

	private TestServer server;

	@AfterEach
	void stop() throws Exception {
		this.deflater.end();
		if (this.server != null) {
			this.server.close();
		}
	}

	private WebSocketClient start(String offer) throws Exception {
		this.server = TestServer.with(new EchoController())
			.webSocket(new WebSocketOptionsBuilder().compression().build())
			.start();
		return WebSocketClient.upgrade(this.server, "Sec-WebSocket-Extensions: " + offer);
	}

	private byte[] deflate(byte[] message, boolean takeover) {
		byte[] out = new byte[message.length + 64];
		this.deflater.setInput(message);
		int length = this.deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
		if (!takeover) {
			this.deflater.reset();
		}
		return Arrays.copyOf(out, length - 4);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void messageWhenCompressedIsInflated(boolean takeover) throws Exception {
		WebSocketClient client = start(
				"permessage-deflate" + (takeover ? "" : "; client_no_context_takeover") + "; client_max_window_bits");
		for (int i = 0; i < 5; i++) {
			String text = "again and again " + i;
			client.send(0xC1, deflate(text.getBytes(), takeover));
			assertThat(client.receiveText()).isEqualTo(text);
		}
	}

	@Test
	void replyWhenLongIsCompressed() throws Exception {
		WebSocketClient.Received reply = start("permessage-deflate").text("x".repeat(1000)).receive();
		assertThat(reply.head()).isEqualTo(0xC1);
		assertThat(reply.payload()).hasSizeLessThan(50);
	}

	@Test
	void messageWhenTooLongAfterInflationIsClosed() throws Exception {
		WebSocketClient client = start("permessage-deflate");
		assertThat(client.send(0xC2, deflate(new byte[1024 * 1024], true)).receiveClose()).isEqualTo(1009);
		this.server.awaitClosed(CloseReason.FRAME_TOO_LARGE);
	}

	@Test
	void messageWhenNotCompressedAsClaimedIsClosed() throws Exception {
		assertThat(start("permessage-deflate").send(0xC2, new byte[] { -1, -1, -1 }).receiveClose()).isEqualTo(1007);
	}

	@ParameterizedTest
	@CsvSource({ "permessage-deflate; server_max_window_bits=9,false", "permessage-deflate; other,false",
			"x-other,false", "permessage-deflate; client_max_window_bits=12,true",
			"'permessage-deflate; other, permessage-deflate',true" })
	void negotiateWhenOffersAreMadeTakesTheFirstThatCanBeMet(String offers, boolean met) {
		assertThat(MessageDeflate.negotiate(offers) != null).isEqualTo(met);
	}

}
