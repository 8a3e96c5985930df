package dev.holdfast.server.netty;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.holdfast.codec.Framing;
import dev.holdfast.codec.LengthField;
import dev.holdfast.codec.LengthFieldFraming;
import dev.holdfast.codec.LineFraming;
import dev.holdfast.connection.CloseReason;
import dev.holdfast.limit.Network;
import dev.holdfast.server.ProxyProtocol;
import dev.holdfast.server.TlsOptions;
import dev.holdfast.test.SocketTestClient;
import dev.holdfast.test.SocketTestClientBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that clients which do not come in as they should end as documented, while a
 * well-behaved one beside them is served.
 */
class HostileEntryTests {

	private static final Log logger = LogFactory.getLog(HostileEntryTests.class);

	private static final boolean LONG = "long".equals(System.getProperty("holdfast.hostile"));

	private static final int CROWD = LONG ? 10_000 : 500;

	private static final Duration PATIENCE = LONG ? Duration.ofSeconds(20) : Duration.ofSeconds(3);

	private static final Duration PROMPTLY = LONG ? Duration.ofMillis(50) : Duration.ofSeconds(5);

	private static final int WARM_UP_ROUNDS = LONG ? 6 : 1;

	private static final int ANSWERS = LONG ? 200 : 20;

	private static final String[] CROWD_PREFIX = LONG ? new String[] { "nice", "-n", "19" } : new String[0];

	private static final int LOOPS = 2;

	private static final String PROXY_HEADER = "PROXY TCP4 192.0.2.7 127.0.0.1 4711 9000\r\n";

	private static final byte[] TLS_HELLO = HexFormat.of()
		.parseHex("16030100c8010000c40303" + "5a".repeat(32) + "00".repeat(163));

	private static final byte[] HTTP = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final Pattern CASE = Pattern.compile("((?:half )?\\w+)=(\\w+)");

	@TempDir
	private static Path directory;

	private static TestCertificate certificate;

	private TestServer server;

	@BeforeAll
	static void createKeys() throws Exception {
		certificate = TestCertificate.create(directory, "hostile", "localhost");
	}

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	private TestServer start(Entry entry, Duration timeout) {
		TestServer.Builder builder = TestServer.with(new EchoController())
			.frameTimeout(timeout)
			.closeTimeout(Duration.ofMillis(100));
		switch (entry) {
			case LINE -> builder.framing(new LineFraming(64 * 1024));
			case LENGTH_FIELD -> builder.framing(lengthField());
			case WEBSOCKET -> builder.webSocket(new WebSocketOptionsBuilder().build());
			case PROXY -> builder.proxy(new ProxyProtocol(true, List.of(Network.parse("127.0.0.0/8"))));
			case TLS -> builder.tls(new TlsOptions(certificate::keys, (change) -> {
			}, TlsOptions.ClientAuth.NONE, timeout, TlsOptions.Provider.JDK));
		}
		this.server = builder.start();
		return this.server;
	}

	private static Framing lengthField() {
		return new LengthFieldFraming(new LengthField(0, 4, 0, false, true, ByteOrder.BIG_ENDIAN), 64 * 1024);
	}

	private static void beServed(Entry entry, int port) throws Exception {
		SocketTestClientBuilder builder = SocketTestClient.to("127.0.0.1", port).timeout(Duration.ofSeconds(20));
		switch (entry) {
			case LENGTH_FIELD -> builder.framing(lengthField());
			case WEBSOCKET -> builder.webSocket("/live");
			case TLS -> builder.ssl(certificate.client(null));
			default -> {
			}
		}
		try (SocketTestClient client = builder.connect()) {
			if (entry == Entry.PROXY) {
				client.sendRaw(PROXY_HEADER.getBytes(StandardCharsets.US_ASCII));
			}
			client.send("hello");
			client.expect("hello");
		}
	}

	private static byte[] bytes(String name) {
		return switch (name) {
			case "TLS" -> TLS_HELLO;
			case "half TLS" -> Arrays.copyOf(TLS_HELLO, 100);
			case "HTTP" -> HTTP;
			case "half HTTP" -> Arrays.copyOf(HTTP, 20);
			case "half PROXY" -> PROXY_HEADER.substring(0, 20).getBytes(StandardCharsets.US_ASCII);
			default -> HexFormat.of().parseHex(name);
		};
	}

	@ParameterizedTest
	@EnumSource
	void connectionWhenBytesComeOneByOneIsServed(Entry entry) throws Exception {
		start(entry, Duration.ofSeconds(30));
		try (Dribble dribble = Dribble.to(this.server.port())) {
			beServed(entry, dribble.port());
		}
		this.server.awaitClosed(CloseReason.CLIENT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					LINE         | TLS=FRAME_TIMEOUT half HTTP=FRAME_TIMEOUT
					LENGTH_FIELD | TLS=FRAME_TOO_LARGE HTTP=FRAME_TOO_LARGE ffffffff=FRAME_TOO_LARGE 000000=FRAME_TIMEOUT
					WEBSOCKET    | TLS=HANDSHAKE_FAILED HTTP=HANDSHAKE_FAILED 00010203040d0a0d0a=HANDSHAKE_FAILED half HTTP=FRAME_TIMEOUT
					TLS          | half TLS=HANDSHAKE_FAILED HTTP=HANDSHAKE_FAILED 00010203040506=HANDSHAKE_FAILED 150301000202=HANDSHAKE_FAILED 16030100090100ffff0000000000=HANDSHAKE_FAILED
					PROXY        | half PROXY=FRAME_TIMEOUT TLS=HANDSHAKE_FAILED HTTP=HANDSHAKE_FAILED 50524f58592054435034780d0a=BAD_FRAME 0d0a0d0a000d0a515549540a=FRAME_TIMEOUT
					""")
	void connectionsWhenEntryIsWrongEndAsDocumented(Entry entry, String cases) throws Exception {
		start(entry, Duration.ofSeconds(1));
		Map<CloseReason, Long> expected = new EnumMap<>(CloseReason.class);
		Matcher matcher = CASE.matcher(cases);
		while (matcher.find()) {
			this.server.connect().send(bytes(matcher.group(1)));
			expected.merge(CloseReason.valueOf(matcher.group(2)), 1L, Long::sum);
		}
		beServed(entry, this.server.port());
		expected.merge(CloseReason.CLIENT, 1L, Long::sum);
		await().until(() -> this.server.statistics().connections().closed(), expected::equals);
		beServed(entry, this.server.port());
	}

	@ParameterizedTest
	@EnumSource
	void connectionWhenGarbageComesEnds(Entry entry) throws Exception {
		start(entry, Duration.ofSeconds(10));
		Random random = new Random(42);
		for (int i = 0; i < 20; i++) {
			byte[] garbage = new byte[1 + random.nextInt(5_000)];
			random.nextBytes(garbage);
			TestClient client = this.server.connect();
			client.send(garbage);
			client.shutdownOutput();
		}
		beServed(entry, this.server.port());
		await().atMost(Duration.ofSeconds(20)).until(() -> this.server.active() == 0);
		assertThat(this.server.statistics().connections().accepted()).isEqualTo(21);
	}

	@ParameterizedTest
	@CsvSource({ "TLS,half TLS,HANDSHAKE_FAILED", "WEBSOCKET,half HTTP,FRAME_TIMEOUT", "PROXY,half PROXY,FRAME_TIMEOUT",
			"LINE,half HTTP,FRAME_TIMEOUT" })
	void connectionsWhenManyNeverFinishTheirHandshakeAllEnd(Entry entry, String bytes, CloseReason reason)
			throws Exception {
		start(entry, PATIENCE);
		beServed(entry, this.server.port());
		try (ConnectionLoad load = new ConnectionLoad(this.server.port(), CROWD_PREFIX);
				Bystander bystander = new Bystander(LOOPS, () -> comeIn(entry))) {
			Crowd crowd = new Crowd(this.server, load, bystander, bytes(bytes));
			for (int i = 0; i < WARM_UP_ROUNDS; i++) {
				crowd.comeAndGo(CROWD, Bystander.Phase.WARMING_UP, Bystander.Phase.WARMING_UP);
			}
			bystander.enter(Bystander.Phase.ALONE);
			await().atMost(Duration.ofSeconds(30)).until(() -> bystander.answers(Bystander.Phase.ALONE) >= ANSWERS);
			while (bystander.answers(Bystander.Phase.OPENING) < ANSWERS) {
				crowd.comeAndGo(CROWD, Bystander.Phase.OPENING, Bystander.Phase.LEAVING);
			}
			crowd.neverFinish(CROWD, (entry == Entry.LINE) ? CROWD / 2 : CROWD, reason);
			logger.info("%s: %s".formatted(entry, bystander));
			assertThat(bystander.longest(Bystander.Phase.OPENING, Bystander.Phase.HELD, Bystander.Phase.ENDING))
				.as(bystander.toString())
				.isLessThan(PROMPTLY);
			assertThat(bystander.longest(Bystander.Phase.LEAVING)).as(bystander.toString())
				.isLessThan(PROMPTLY.multipliedBy(4));
		}
		await().until(() -> this.server.active() == 0);
		beServed(entry, this.server.port());
	}

	private Bystander.Conversation comeIn(Entry entry) throws Exception {
		int port = this.server.port();
		return switch (entry) {
			case TLS -> new TestClient(certificate.client(null).getSocketFactory().createSocket(), port, 0);
			case WEBSOCKET -> WebSocketClient.upgrade(new TestClient(port, 0));
			case PROXY -> new TestClient(port, 0).send(PROXY_HEADER);
			default -> new TestClient(port, 0);
		};
	}

	/**
	 * How clients come in.
	 */
	enum Entry {

		LINE, LENGTH_FIELD, WEBSOCKET, TLS, PROXY

	}

}
