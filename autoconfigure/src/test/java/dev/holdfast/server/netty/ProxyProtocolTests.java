package dev.holdfast.server.netty;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.limit.Network;
import dev.holdfast.server.ProxyProtocol;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProxyGate}, {@link ProxyHeader} and {@link ForwardedAddress}.
 */
class ProxyProtocolTests {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	private TestServer server;

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	private TestServer.Builder proxied(boolean required, String trusted) {
		return TestServer.with(new EchoController())
			.proxy(new ProxyProtocol(required, List.of(Network.parse(trusted))));
	}

	private TestServer start(boolean required, String trusted) {
		this.server = proxied(required, trusted).start();
		return this.server;
	}

	private String client() {
		InetSocketAddress address = (InetSocketAddress) this.server.onlyConnection().remoteAddress();
		return address.getAddress().getHostAddress() + " " + address.getPort();
	}

	@Test
	void headerWhenTextTellsTheClient() throws Exception {
		TestClient client = start(true, "127.0.0.0/8").connect();
		client.sendBytewise("PROXY TCP4 192.0.2.7 127.0.0.1 4711 9000\r\nhi\n".getBytes(StandardCharsets.US_ASCII));
		assertThat(client.line()).isEqualTo("hi");
		assertThat(client()).isEqualTo("192.0.2.7 4711");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2111000cc00002077f00000112672328", "2111000fc00002077f00000112672328040000" })
	void headerWhenBinaryTellsTheClient(String header) throws Exception {
		TestClient client = start(true, "127.0.0.1").connect();
		client.sendBytewise(HexFormat.of().parseHex(SIGNATURE + header + "68690a"));
		assertThat(client.line()).isEqualTo("hi");
		assertThat(client()).isEqualTo("192.0.2.7 4711");
	}

	@Test
	void headerWhenItTellsNoClientKeepsThePeer() throws Exception {
		TestClient client = start(true, "127.0.0.1").connect();
		assertThat(client.send("PROXY UNKNOWN\r\n").ask("hi")).isEqualTo("hi");
		assertThat(client()).startsWith("127.0.0.1 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY TCP4 300.0.2.7 127.0.0.1 4711 9000\r\n", "PROXY TCP4 1.2.3.4\r\n" })
	void headerWhenRequiredAndMalformedIsRefused(String header) throws Exception {
		start(true, "127.0.0.1").connect().send(header);
		this.server.awaitClosed(CloseReason.BAD_FRAME);
		assertThat(this.server.connections().count()).isZero();
	}

	@Test
	void headerWhenRequiredAndMissingIsRefused() throws Exception {
		start(true, "127.0.0.1").connect().send("hello there\n");
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
		assertThat(this.server.connections().count()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void headerWhenNetworkIsNotTrustedIsRefused(boolean required) throws Exception {
		start(required, "192.0.2.0/24").connect().send("PROXY TCP4 192.0.2.7 127.0.0.1 4711 9000\r\n");
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
	}

	@Test
	void headerWhenOptionalMayBeMissing() throws Exception {
		assertThat(start(false, "127.0.0.1").connect().ask("P")).isEqualTo("P");
		assertThat(client()).startsWith("127.0.0.1 ");
	}

	@Test
	void headerWhenNotFinishedInTimeIsAborted() throws Exception {
		this.server = proxied(true, "127.0.0.1").frameTimeout(Duration.ofMillis(100)).start();
		this.server.connect().send("PROXY TCP4");
		this.server.awaitClosed(CloseReason.FRAME_TIMEOUT);
	}

	@Test
	void clientWhenOverTheLimitOfItsAddressIsClosed() throws Exception {
		this.server = proxied(true, "127.0.0.1").maxConnectionsPerAddress(1).start();
		String header = "PROXY TCP4 192.0.2.%d 127.0.0.1 4711 9000\r\n";
		assertThat(this.server.connect().send(header.formatted(1)).ask("one")).isEqualTo("one");
		assertThat(this.server.connect().send(header.formatted(2)).ask("two")).isEqualTo("two");
		this.server.connect().send(header.formatted(1));
		this.server.awaitClosed(CloseReason.LIMIT_REACHED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For: 198.51.100.1, 192.0.2.9, 127.0.0.1",
			"Forwarded: for=198.51.100.1, for=\"192.0.2.9:80\";proto=https" })
	void clientWhenForwardedByTrustedProxyIsKnown(String header) throws Exception {
		this.server = TestServer.with(new EchoController())
			.webSocket(new WebSocketOptionsBuilder().forwardedFrom("127.0.0.1").build())
			.start();
		WebSocketClient.upgrade(this.server, header);
		assertThat(client()).isEqualTo("192.0.2.9 0");
	}

	@Test
	void clientWhenForwardedByAnyoneElseIsThePeer() throws Exception {
		this.server = TestServer.with(new EchoController()).webSocket(new WebSocketOptionsBuilder().build()).start();
		WebSocketClient.upgrade(this.server, "X-Forwarded-For: 192.0.2.9");
		assertThat(client()).startsWith("127.0.0.1 ");
	}

}
