package dev.holdfast.server.netty;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.Assert;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.TlsOptions;
import dev.holdfast.server.TlsOptions.KeySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for servers with keys for each host that clients name.
 */
class HostNameTests {

	@TempDir
	private static Path directory;

	private static TestCertificate others;

	private static TestCertificate exact;

	private static TestCertificate wildcard;

	private final Map<String, TestCertificate> current = new HashMap<>(
			Map.of("", others, "a.example", exact, "*.example", wildcard));

	private final Map<String, List<Runnable>> changes = new HashMap<>();

	private TestServer server;

	@BeforeAll
	static void createKeys() throws Exception {
		others = TestCertificate.create(directory, "others", "localhost");
		exact = TestCertificate.create(directory, "exact", "a.example");
		wildcard = TestCertificate.create(directory, "wildcard", "*.example");
	}

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	private TestServer start(TlsOptions.Provider provider, Duration handshakeTimeout) {
		assumeTrue(provider == TlsOptions.Provider.JDK || OpenSsl.isAvailable(), "OpenSSL is not available");
		Map<String, KeySource> hosts = Map.of("a.example", source("a.example"), "*.example", source("*.example"));
		this.server = TestServer.with(new EchoController())
			.tls(new TlsOptions(source(""), hosts, TlsOptions.ClientAuth.NONE, handshakeTimeout, provider))
			.start();
		return this.server;
	}

	private TestServer start() {
		return start(TlsOptions.Provider.JDK, Duration.ofSeconds(10));
	}

	private KeySource source(String host) {
		return new KeySource(() -> keys(host),
				(change) -> this.changes.computeIfAbsent(host, (key) -> new ArrayList<>()).add(change));
	}

	private TlsOptions.Keys keys(String host) {
		TestCertificate certificate = this.current.get(host);
		Assert.state(certificate != null, "No keys");
		return certificate.keys();
	}

	/**
	 * Connect, and check that the connection is served.
	 * @param host the host to name, or {@code null}
	 * @return the common name in the certificate of the server
	 */
	private String shown(String host) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0] }, null);
		try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", this.server.port())) {
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setServerNames((host != null) ? List.of(new SNIHostName(host)) : List.of());
			socket.setSSLParameters(parameters);
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write("hi\n".getBytes());
			assertThat(socket.getInputStream().readNBytes(3)).asString().isEqualTo("hi\n");
			X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
			return certificate.getSubjectX500Principal().getName();
		}
	}

	@ParameterizedTest
	@CsvSource({ "a.example,exact", "A.Example,exact", "b.example,wildcard", "x.b.example,others", "example,others",
			"other.test,others", ",others" })
	void handshakeWhenHostIsNamedShowsItsKeys(String host, String name) throws Exception {
		start();
		assertThat(shown(host)).isEqualTo("CN=" + name);
		this.server.awaitClosed(CloseReason.CLIENT);
	}

	@ParameterizedTest
	@EnumSource(TlsOptions.Provider.class)
	void keysWhenOneHasChangedAreThoseOfThatHost(TlsOptions.Provider provider) throws Exception {
		start(provider, Duration.ofSeconds(10));
		assertThat(shown("a.example")).isEqualTo("CN=exact");
		this.current.put("a.example", wildcard);
		this.changes.get("a.example").forEach(Runnable::run);
		assertThat(shown("a.example")).isEqualTo("CN=wildcard");
		assertThat(shown(null)).isEqualTo("CN=others");
	}

	@Test
	void keysWhenChangedAndBrokenStayAsTheyWereAndAreLogged() throws Exception {
		start();
		this.current.remove("a.example");
		try (RecordedLog log = RecordedLog.of(TlsContext.class)) {
			this.changes.get("a.example").forEach(Runnable::run);
			assertThat(log.lines()).containsExactly(
					"Server 'test' keeps the old keys of 'ssl.sni.a.example', because the new ones cannot be used");
		}
		assertThat(shown("a.example")).isEqualTo("CN=exact");
	}

	@Test
	void handshakeWhenClientSpeaksPlainFails() throws Exception {
		start().connect().send("hello, is there anybody?\n");
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
		assertThat(this.server.connections().count()).isZero();
	}

	@Test
	void handshakeWhenNotFinishedInTimeFails() throws Exception {
		start(TlsOptions.Provider.JDK, Duration.ofMillis(200)).connect().send(new byte[] { 0x16, 0x03, 0x01 });
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
	}

}
