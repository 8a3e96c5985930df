package dev.holdfast.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.mock.env.MockEnvironment;

import dev.holdfast.codec.Framing;
import dev.holdfast.codec.RawFraming;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that configurations that cannot work fail at start, with an analysis that names
 * the key and the cure.
 */
class ConfigurationFailureTests {

	private static final String ECHO = "holdfast.servers.echo.";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketServerAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
							port                     | 65536        | between 0 and 65535
							port                     | -1           | between 0 and 65535
							host                     | no.invalid   | No address is known for this name
							transport                | udp          | must be 'tcp'
							delimiter                | \\0          | 'line' does not use it: remove it, or set 'holdfast.servers.echo.framing' to 'delimiter'
							fixed-length             | 4            | 'line' does not use it: remove it, or set 'holdfast.servers.echo.framing' to 'fixed-length'
							max-frame-length         | 0            | must be positive and below 1GB
							max-frame-length         | -1KB         | must be positive and below 1GB
							max-frame-length         | 1GB          | must be positive and below 1GB
							frame-timeout            | -1s          | must not be negative
							close-timeout            | -1ms         | must not be negative
							max-waiting              | -1           | must not be negative
					concurrency              | 0            | must be positive
					limits.max-connections   | -1           | must not be negative
					limits.max-connections-per-address | -1 | must not be negative
					limits.accept-rate       | -1           | must not be negative
					limits.denied-addresses  | 10.0.0.0/33  | has an invalid prefix length
					limits.messages-per-second | -1         | must be between 0 and 1000000000
					limits.burst             | 0            | must be positive
					idle-timeout             | -1s          | must not be negative
					login-timeout            | -1s          | must not be negative
					max-lifetime             | -1s          | must not be negative
					heartbeat.interval       | -1s          | must not be negative
							outbound.high-water-mark | 0            | must be positive and below 2GB
							socket.backlog           | 0            | must be positive
							socket.receive-buffer    | 0            | must be positive and below 2GB
							socket.send-buffer       | 2GB          | must be positive and below 2GB
							socket.user-timeout      | 0            | must be positive and below 24 days
							socket.user-timeout      | 30d          | must be positive and below 24 days
							socket.keep-alive.idle   | 0            | must be at least one second
							socket.keep-alive.idle   | 10h          | must be at least one second and at most 32767
							socket.keep-alive.interval | 100ms      | must be at least one second
							socket.keep-alive.count  | 0            | must be from 1 to 127
							socket.keep-alive.count  | 128          | must be from 1 to 127
							route.delimiter          | \\q          | has an invalid escape
							payload                  | xml          | no PayloadCodec bean of that name; use one of [bytes, json, text]
							""")
	void whenValueCannotWorkThenAnalysisNamesKeyAndCure(String key, String value, String cure) {
		FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "port=0", ECHO + key + "=" + value);
		assertThat(analysis.getDescription()).contains("'" + ECHO + key + "'").contains(value).contains(cure);
		assertThat(analysis.getAction()).startsWith("Review the value of the property with the provided reason");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\"',
			textBlock = """
							unix-socket=/tmp/x                              | unix-socket         | remove it, or remove 'holdfast.servers.echo.port'
							unix-socket-permissions=rw-rw----               | unix-socket-permissions | set 'holdfast.servers.echo.unix-socket' too
							framing=delimiter                               | delimiter           | needs it, for example
							framing=fixed-length                            | fixed-length        | framing 'fixed-length' needs it
							framing=fixed-length fixed-length=0             | fixed-length        | must be positive
							framing=fixed-length fixed-length=65537         | fixed-length        | must not be above 'holdfast.servers.echo.max-frame-length', which is 65536B
							framing=raw delimiter=x                         | delimiter           | framing 'raw' does not use it
							framing=length-field length-field.length=5      | length-field.length | must be 1, 2, 3, 4 or 8
							framing=length-field length-field.offset=-1     | length-field.offset | must not be negative
							framing=length-field length-field.offset=2      | length-field.strip  | set it to false, or 'holdfast.servers.echo.length-field.offset' to 0
							framing=length-field max-frame-length=3B        | max-frame-length    | header alone has 4 bytes
							heartbeat.interval=25s                          | heartbeat.payload   | set it to a message that clients ignore
					route.json-field=a route.delimiter=b            | route.delimiter     | 'holdfast.servers.echo.route.json-field' is set too: remove one of the two
							outbound.high-water-mark=2MB                    | outbound.max-pending | must not be below 'holdfast.servers.echo.outbound.high-water-mark', which is 2097152B
							""")
	void whenValuesContradictThenAnalysisNamesKeyAndCure(String values, String key, String cure) {
		String[] properties = Arrays.stream(("port=0 " + values).split(" ")).map(ECHO::concat).toArray(String[]::new);
		FailureAnalysis analysis = analyze(this.contextRunner, properties);
		assertThat(analysis.getDescription()).contains("'" + ECHO + key + "'").contains(cure);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					ssl.bundle=main                                  | ssl.bundle            | There is no such bundle under 'spring.ssl.bundle'
					ssl.bundle=main ssl.handshake-timeout=-1s        | ssl.handshake-timeout | must not be negative
					ssl.bundle=empty ssl.sni.a.example=nowhere       | ssl.sni.a.example     | There is no such bundle under 'spring.ssl.bundle'
					ssl.bundle=empty ssl.sni[a/b]=empty              | ssl.sni.a/b           | must be a host name such as 'example.com'
					ssl.bundle=empty ssl.sni[a.*.example]=empty      | ssl.sni.a.*.example   | must be a host name such as 'example.com'
					ssl.bundle=empty                                 | ssl.bundle            | TLS of server 'echo' cannot be set up: The SSL bundle has no keys.
					ssl.client-auth=need                             | ssl.bundle            | Without 'holdfast.servers.echo.ssl.bundle' the server speaks no TLS at all
					ssl.sni.a.example=empty                          | ssl.sni               | Without 'holdfast.servers.echo.ssl.bundle' the server speaks no TLS at all
					proxy-protocol.mode=required                     | proxy-protocol.trusted | Set it to the addresses or networks of the proxies
					proxy-protocol.mode=auto                         | proxy-protocol.trusted | Set it to the addresses or networks of the proxies
					proxy-protocol.trusted=10.0.0.0/33               | proxy-protocol.trusted | has an invalid prefix length
					proxy-protocol.trusted=proxy.example             | proxy-protocol.trusted | is no IP address
					""")
	void whenEntranceCannotWorkThenAnalysisNamesKeyAndCure(String values, String key, String cure) {
		String[] properties = Arrays.stream(("port=0 " + values).split(" ")).map(ECHO::concat).toArray(String[]::new);
		FailureAnalysis analysis = analyze(
				this.contextRunner.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
					.withPropertyValues("spring.ssl.bundle.pem.empty.protocol=TLS"),
				properties);
		assertThat(analysis.getDescription() + analysis.getAction()).contains("'" + ECHO + key + "'").contains(cure);
	}

	@Test
	void whenThereAreNoBundlesThenAnalysisSaysSo() {
		FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "port=0", ECHO + "ssl.bundle=main");
		assertThat(analysis.getDescription()).contains("'holdfast.servers.echo.ssl.bundle'")
			.contains("There are no SSL bundles in this application.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					framing=raw                              | framing                       | WebSocket has frames of its own, so remove it or set 'transport' to 'tcp'
					delimiter=\\0                             | delimiter                     | WebSocket has frames of its own
					fixed-length=4                           | fixed-length                  | WebSocket has frames of its own
					charset=ISO-8859-1                       | charset                       | Text over WebSocket is always UTF-8
					heartbeat.interval=25s heartbeat.payload=%s | heartbeat.payload          | A WebSocket ping takes at most 125 bytes
					max-frame-length=0                       | max-frame-length              | must be positive and below 1GB
					websocket.max-message-length=0           | websocket.max-message-length  | must be positive and below 1GB
					websocket.max-message-length=1GB         | websocket.max-message-length  | must be positive and below 1GB
					websocket.path=live                      | websocket.path                | must begin with '/' and have no query
					websocket.path=/live?x=1                 | websocket.path                | must begin with '/' and have no query
					websocket.subprotocols=a,b/c             | websocket.subprotocols        | must be a name without spaces and separators
					websocket.allowed-origins=example.com    | websocket.allowed-origins     | must be '*' or a scheme and a host such as 'https://example.com'
					websocket.allowed-origins=https://a/b    | websocket.allowed-origins     | must be '*' or a scheme and a host such as 'https://example.com'
					websocket.forwarded-from=10.0.0.0/33     | websocket.forwarded-from      | has an invalid prefix length
					""")
	void whenWebSocketCannotWorkThenAnalysisNamesKeyAndCure(String values, String key, String cure) {
		String[] properties = Arrays
			.stream(("port=0 transport=websocket " + values.formatted("p".repeat(126))).split(" "))
			.map(ECHO::concat)
			.toArray(String[]::new);
		FailureAnalysis analysis = analyze(this.contextRunner, properties);
		assertThat(analysis.getDescription()).contains("'" + ECHO + key + "'").contains(cure);
	}

	@ParameterizedTest
	@CsvSource({ "path,/live", "subprotocols,chat", "compression,true", "max-message-length,1KB", "keep-headers,true",
			"allowed-origins,*", "forwarded-from,10.0.0.1" })
	void whenTransportIsNotWebSocketThenAnalysisNamesUnusedKey(String key, String value) {
		FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "port=0",
				ECHO + "websocket." + key + "=" + value);
		assertThat(analysis.getDescription()).contains("'" + ECHO + "websocket." + key + "'")
			.contains("The transport 'tcp' does not use it: remove it, or set 'holdfast.servers.echo.transport' to "
					+ "'websocket'");
	}

	@Test
	void whenPortIsMissingThenAnalysisSaysWhatToSet() {
		FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "framing=line");
		assertThat(analysis.getDescription()).contains("'holdfast.servers.echo.port'")
			.contains("Set it to the port to listen on, or to 0 for any.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			unix-socket=/tmp/x host=localhost                     | unix-socket | remove 'holdfast.servers.echo.host'
			unix-socket=                                          | unix-socket | must have 1 to 107 bytes
			unix-socket=/tmp/x unix-socket-permissions=0660       | unix-socket-permissions | must look like 'rw-rw----'
			unix-socket=/nowhere/to/be/found                      | unix-socket | directory must exist
			framing=line                                          | unix-socket | to a path instead
			""")
	void whenUnixSocketCannotWorkThenAnalysisNamesKeyAndCure(String values, String key, String cure) {
		String[] properties = Arrays.stream(values.split(" ")).map(ECHO::concat).toArray(String[]::new);
		FailureAnalysis analysis = analyze(this.contextRunner, properties);
		assertThat(analysis.getDescription() + analysis.getAction()).contains("'" + ECHO + key + "'").contains(cure);
	}

	@Test
	void whenUnixSocketIsServedThenAnalysisSaysSo(@TempDir Path directory) throws IOException {
		Path path = directory.resolve("s");
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			other.bind(UnixDomainSocketAddress.of(path));
			FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "unix-socket=" + path);
			assertThat(analysis.getDescription())
				.isEqualTo("Server 'echo' cannot listen on %s: Address already in use.".formatted(path));
			assertThat(analysis.getAction()).isEqualTo("Stop the process that listens on the socket,"
					+ " or set 'holdfast.servers.echo.unix-socket' to another path.");
		}
	}

	@Test
	void whenUnixSocketIsAnotherFileThenAnalysisSaysSo(@TempDir Path directory) throws IOException {
		Path path = Files.writeString(directory.resolve("s"), "precious");
		FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "unix-socket=" + path);
		assertThat(analysis.getDescription()).endsWith("the file is no socket.");
		assertThat(path).hasContent("precious");
	}

	@Test
	void whenMechanismIsNotAvailableThenAnalysisSaysWhatItNeeds() {
		String io = Epoll.isAvailable() ? "kqueue" : "epoll";
		FailureAnalysis analysis = analyze(this.contextRunner, "holdfast.io=" + io);
		assertThat(analysis.getDescription()).startsWith("'holdfast.io' is '%s', which is not available".formatted(io));
		assertThat(analysis.getAction()).contains("io.netty:netty-transport-native-" + io)
			.endsWith("Or set 'holdfast.io' to 'auto'.");
	}

	@Test
	void whenFramingIsUnknownThenAnalysisNamesChoicesAndBeans() {
		FailureAnalysis analysis = analyze(
				this.contextRunner.withBean("mine", Framing.class, () -> new RawFraming(100)), ECHO + "port=0",
				ECHO + "framing=lines");
		assertThat(analysis.getDescription()).contains("'holdfast.servers.echo.framing'")
			.contains("Invalid value 'lines'")
			.contains("use one of [delimiter, fixed-length, length-field, line, mine, raw]");
	}

	@ParameterizedTest
	@CsvSource({ "payload,json", "route.json-field,type" })
	void whenJacksonIsMissingThenAnalysisNamesStarter(String key, String value) {
		FailureAnalysis analysis = analyze(this.contextRunner.withClassLoader(new FilteredClassLoader("tools.jackson")),
				ECHO + "port=0", ECHO + key + "=" + value);
		assertThat(analysis.getDescription()).contains("'" + ECHO + key + "'")
			.contains("It needs Jackson: add spring-boot-starter-jackson.");
	}

	@ParameterizedTest
	@CsvSource({ "event-loops,0,It must be positive.", "event-loops,-1,It must be positive.",
			"max-connections,-1,It must not be negative.", "blocking.max-threads,0,It must be positive.",
			"blocking.queue,-1,It must not be negative.", "watchdog.threshold,-1ms,It must not be negative." })
	void whenProcessValueCannotWorkThenAnalysisNamesKeyAndCure(String key, String value, String cure) {
		FailureAnalysis analysis = analyze(this.contextRunner, "holdfast." + key + "=" + value);
		assertThat(analysis.getDescription()).contains("'holdfast." + key + "'").contains(value).contains(cure);
	}

	@ParameterizedTest
	@CsvSource({ "Echo", "[my_server]", "[a.b]", "[a b]" })
	void whenServerNameIsInvalidThenAnalysisSaysWhatIsAllowed(String name) {
		FailureAnalysis analysis = analyze(this.contextRunner, "holdfast.servers." + name + ".port=0");
		assertThat(analysis.getDescription()).contains("holdfast.servers." + name.replaceAll("[\\[\\]]", ""))
			.contains("has only the characters a to z, 0 to 9 and '-'");
	}

	@ParameterizedTest
	@CsvSource({ "port,http", "charset,latin-99", "max-frame-length,big", "frame-timeout,soon",
			"outbound.on-overflow,wait", "length-field.byte-order,middle", "ssl.client-auth,maybe",
			"ssl.provider,boring", "proxy-protocol.mode,sometimes" })
	void whenValueCannotBeReadThenAnalysisNamesKey(String key, String value) {
		FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "port=0", ECHO + key + "=" + value);
		assertThat(analysis.getDescription()).contains(ECHO + key).contains(value);
	}

	@Test
	void whenPortIsInUseThenAnalysisNamesServerAddressAndCure() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "host=127.0.0.1",
					ECHO + "port=" + socket.getLocalPort());
			assertThat(analysis.getDescription())
				.startsWith("Server 'echo' cannot listen on /127.0.0.1:%d".formatted(socket.getLocalPort()))
				.contains("Address already in use");
			assertThat(analysis.getAction()).isEqualTo("Stop the process that listens on the address,"
					+ " or set 'holdfast.servers.echo.port' to another port.");
		}
	}

	@Test
	void whenHostIsNotOfThisMachineThenAnalysisNamesHost() {
		FailureAnalysis analysis = analyze(this.contextRunner, ECHO + "host=192.0.2.1", ECHO + "port=0");
		assertThat(analysis.getDescription()).startsWith("Server 'echo' cannot listen on /192.0.2.1:0");
		assertThat(analysis.getAction()).contains("'holdfast.servers.echo.host'");
	}

	@Test
	void whenControllerNamesUnknownServerThenAnalysisNamesIt() {
		FailureAnalysis analysis = analyze(this.contextRunner.withBean(LostHandler.class), ECHO + "port=0");
		assertThat(analysis.getDescription()).contains(LostHandler.class.getName()).contains("'nowhere'");
		assertThat(analysis.getAction()).contains("[echo]").contains("'holdfast.servers.nowhere.port'");
	}

	private static FailureAnalysis analyze(ApplicationContextRunner runner, String... properties) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		runner.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasFailed();
			analysis[0] = analyze(context.getStartupFailure(), environment(properties));
		});
		return analysis[0];
	}

	private static Environment environment(String... properties) {
		MockEnvironment environment = new MockEnvironment();
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			environment.setProperty(parts[0], parts[1]);
		}
		return environment;
	}

	private static FailureAnalysis analyze(Throwable failure, Environment environment) {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
			.and(Environment.class, environment);
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments);
		return analyzers.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow(() -> new AssertionError("No analysis", failure));
	}

	@SocketController("nowhere")
	static class LostHandler {

		@OnMessage
		void message(String line) {
		}

	}

}
