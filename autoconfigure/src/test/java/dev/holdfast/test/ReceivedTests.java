package dev.holdfast.test;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Received}.
 */
class ReceivedTests {

	@Test
	void quoteWhenBytesArePrintableReturnsText() {
		assertThat(Received.quote("grüße".getBytes(StandardCharsets.UTF_8))).isEqualTo("\"grüße\"");
		assertThat(Received.quote(new byte[0])).isEqualTo("\"\"");
	}

	@Test
	void quoteWhenBytesAreNotPrintableReturnsHexadecimalDigits() {
		assertThat(Received.quote(new byte[] { 0, 'a', (byte) 0xff })).isEqualTo("0x0061ff");
		assertThat(Received.quote(new byte[] { 'a', (byte) 0xff })).isEqualTo("0x61ff");
	}

	@Test
	void failureWhenCausedBySocketIsReset() {
		IOException failure = new IOException(new SocketException("Connection reset"));
		assertThat(Received.failure(failure).description()).isEqualTo("the connection was reset (Connection reset)");
	}

	@Test
	void failureWhenCausedByOtherIsFailed() {
		assertThat(Received.failure(new EOFException("early")).description())
			.isEqualTo("the connection failed with java.io.EOFException: early");
	}

	@Test
	void descriptionWhenClosedByWebSocketNamesCodeAndText() {
		assertThat(new Received.Closed(1008, "kicked").description())
			.isEqualTo("the connection was closed with code 1008 'kicked'");
	}

}
