package dev.holdfast.server.netty;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.Assert;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.server.TlsOptions;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TlsContexts} and {@link TlsGate}.
 */
class TlsTests {

	private static final char[] PASSWORD = "secret".toCharArray();

	@TempDir
	private static Path directory;

	private static KeyStore first;

	private static KeyStore second;

	private final List<Runnable> changes = new ArrayList<>();

	private KeyStore current = first;

	private TestServer server;

	@BeforeAll
	static void createKeys() throws Exception {
		first = keys("first");
		second = keys("second");
	}

	private static KeyStore keys(String name) throws Exception {
		Path file = directory.resolve(name + ".p12");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "test", "-keyalg", "EC", "-validity", "2", "-dname", "CN=" + name, "-ext",
				"SAN=dns:localhost", "-storetype", "PKCS12", "-storepass", "secret", "-keystore", file.toString())
			.inheritIO()
			.start();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD);
		}
		return store;
	}

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	private TestServer start(TlsOptions.ClientAuth clientAuth) {
		this.server = TestServer.with(new EchoController())
			.tls(new TlsOptions(() -> options(this.current), this.changes::add, clientAuth, Duration.ofSeconds(10),
					TlsOptions.Provider.JDK))
			.start();
		return this.server;
	}

	private static TlsOptions.Keys options(KeyStore store) {
		Assert.state(store != null, "No keys");
		try {
			KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			own.init(store, PASSWORD);
			return new TlsOptions.Keys(own, trust(store), null, null);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static TrustManagerFactory trust(KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(store);
		return trusted;
	}

	private static SSLContext context(KeyStore trusted, KeyStore own) throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init((own != null) ? options(own).own().getKeyManagers() : null, trust(trusted).getTrustManagers(),
				null);
		return context;
	}

	private SocketTestClient connect(KeyStore trusted) throws GeneralSecurityException {
		return SocketTestClient.to(this.server.port()).ssl(context(trusted, null)).connect();
	}

	@Test
	void messageWhenEncryptedIsAnswered() throws Exception {
		assertThat(start(TlsOptions.ClientAuth.NONE).server().tls()).isTrue();
		try (SocketTestClient client = connect(first)) {
			client.send("hello");
			client.expect("hello");
			assertThat(this.server.onlyConnection().sslSession()).isPresent();
		}
		this.server.awaitClosed(CloseReason.CLIENT);
	}

	@Test
	void closeWhenOwnIsSeenAsOrderlyEnd() throws Exception {
		start(TlsOptions.ClientAuth.NONE);
		try (SocketTestClient client = connect(first)) {
			client.send("hello");
			client.expect("hello");
			this.server.onlyConnection().close();
			client.expectClosed();
		}
		this.server.awaitClosed(CloseReason.HANDLER);
	}

	@Test
	void keysWhenChangedAreThoseOfNewConnections() throws Exception {
		start(TlsOptions.ClientAuth.NONE);
		try (SocketTestClient before = connect(first)) {
			this.current = second;
			this.changes.forEach(Runnable::run);
			try (SocketTestClient after = connect(second)) {
				after.send("new");
				after.expect("new");
			}
			before.send("old");
			before.expect("old");
		}
	}

	@Test
	void keysWhenChangedAndBrokenStayAsTheyWere() throws Exception {
		start(TlsOptions.ClientAuth.NONE);
		this.current = null;
		this.changes.forEach(Runnable::run);
		try (SocketTestClient client = connect(first)) {
			client.send("hello");
			client.expect("hello");
		}
	}

	@Test
	void handshakeWhenClientHasNoCertificateFails() throws Exception {
		start(TlsOptions.ClientAuth.NEED);
		assertThatExceptionOfType(Throwable.class).isThrownBy(() -> {
			try (SocketTestClient client = connect(first)) {
				client.send("hello");
				client.expect("hello");
			}
		});
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
	}

	@Test
	void handshakeWhenClientHasCertificateShowsIt() throws Exception {
		start(TlsOptions.ClientAuth.NEED);
		try (SSLSocket socket = (SSLSocket) context(first, first).getSocketFactory()
			.createSocket("localhost", this.server.port())) {
			socket.getOutputStream().write("hi\n".getBytes());
			assertThat(socket.getInputStream().readNBytes(3)).asString().isEqualTo("hi\n");
			X509Certificate certificate = (X509Certificate) this.server.onlyConnection()
				.sslSession()
				.orElseThrow()
				.getPeerCertificates()[0];
			assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=first");
		}
	}

	@Test
	void handshakeWhenClientSpeaksPlainFails() throws Exception {
		start(TlsOptions.ClientAuth.NONE).connect().send("hello, is there anybody?\n");
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
		assertThat(this.server.connections().count()).isZero();
	}

	@Test
	void createWhenKeysAreMissingFails() {
		this.current = null;
		assertThatIllegalStateException().isThrownBy(() -> start(TlsOptions.ClientAuth.NONE))
			.withMessageContaining("TLS of server 'test' cannot be set up");
	}

}
