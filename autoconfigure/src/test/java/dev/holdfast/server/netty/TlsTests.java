package dev.holdfast.server.netty;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.Assert;

import dev.holdfast.connection.CloseReason;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;
import dev.holdfast.server.TlsOptions;
import dev.holdfast.server.TlsSetupException;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for servers that speak TLS.
 */
class TlsTests {

	@TempDir
	private static Path directory;

	private static TestCertificate first;

	private static TestCertificate second;

	private final List<Runnable> changes = new ArrayList<>();

	private TestCertificate current = first;

	private TestServer server;

	@BeforeAll
	static void createKeys() throws Exception {
		first = TestCertificate.create(directory, "first", "localhost");
		second = TestCertificate.create(directory, "second", "localhost");
	}

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	private TestServer start(TlsOptions.ClientAuth clientAuth) {
		return start(clientAuth, TlsOptions.Provider.JDK, new EchoController());
	}

	private TestServer start(TlsOptions.ClientAuth clientAuth, TlsOptions.Provider provider, Object controller) {
		assumeTrue(provider == TlsOptions.Provider.JDK || OpenSsl.isAvailable(), "OpenSSL is not available");
		this.server = TestServer.with(controller)
			.tls(new TlsOptions(this::keys, this.changes::add, clientAuth, Duration.ofSeconds(10), provider))
			.start();
		return this.server;
	}

	private TlsOptions.Keys keys() {
		Assert.state(this.current != null, "No keys");
		return this.current.keys();
	}

	private SocketTestClient connect(TestCertificate trusted) throws GeneralSecurityException {
		return connect(trusted, null);
	}

	private SocketTestClient connect(TestCertificate trusted, TestCertificate own) throws GeneralSecurityException {
		return SocketTestClient.to(this.server.port()).ssl(trusted.client(own)).connect();
	}

	@ParameterizedTest
	@EnumSource(TlsOptions.Provider.class)
	void messageWhenEncryptedIsAnswered(TlsOptions.Provider provider) throws Exception {
		start(TlsOptions.ClientAuth.NONE, provider, new EchoController());
		assertThat(this.server.server().tls()).isTrue();
		try (SocketTestClient client = connect(first)) {
			client.send("hello");
			client.expect("hello");
			SSLSession session = this.server.onlyConnection().sslSession().orElseThrow();
			assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
			assertThatExceptionOfType(SSLPeerUnverifiedException.class).isThrownBy(session::getPeerCertificates);
		}
		this.server.awaitClosed(CloseReason.CLIENT);
	}

	@Test
	void connectionWhenItsFirstMessageIsNotWholeHasNoEngine() throws Exception {
		start(TlsOptions.ClientAuth.NONE);
		TestClient client = this.server.connect().send(new byte[] { 0x16, 3, 1, 0, 90, 1 });
		await().until(() -> this.server.active() == 1);
		NettyConnection connection = this.server.node().loops().stream(null, 0).findFirst().orElseThrow();
		assertThat(connection.channel.pipeline().get(SslHandler.class)).isNull();
		assertThat(connection.state()).isEqualTo(ConnectionState.NEW);
		client.close();
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

	@ParameterizedTest
	@EnumSource(TlsOptions.Provider.class)
	void keysWhenChangedAreThoseOfNewConnections(TlsOptions.Provider provider) throws Exception {
		start(TlsOptions.ClientAuth.NONE, provider, new EchoController());
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
	void keysWhenChangedAndBrokenStayAsTheyWereAndAreLogged() throws Exception {
		start(TlsOptions.ClientAuth.NONE);
		this.current = null;
		try (RecordedLog log = RecordedLog.of(TlsContext.class)) {
			this.changes.forEach(Runnable::run);
			assertThat(log.lines()).containsExactly(
					"Server 'test' keeps the old keys of 'ssl.bundle', because the new ones cannot be used");
		}
		try (SocketTestClient client = connect(first)) {
			client.send("hello");
			client.expect("hello");
		}
	}

	@ParameterizedTest
	@EnumSource(TlsOptions.Provider.class)
	void handshakeWhenNeededAndClientHasNoCertificateFails(TlsOptions.Provider provider) throws Exception {
		start(TlsOptions.ClientAuth.NEED, provider, new EchoController());
		assertFails(null);
	}

	@ParameterizedTest
	@EnumSource(value = TlsOptions.ClientAuth.class, names = { "WANT", "NEED" })
	void handshakeWhenCertificateOfClientIsNotTrustedFails(TlsOptions.ClientAuth clientAuth) throws Exception {
		start(clientAuth);
		assertFails(second);
	}

	private void assertFails(TestCertificate own) {
		assertThatExceptionOfType(Throwable.class).isThrownBy(() -> {
			try (SocketTestClient client = connect(first, own)) {
				client.send("hello");
				client.expect("hello");
			}
		});
		this.server.awaitClosed(CloseReason.HANDSHAKE_FAILED);
		assertThat(this.server.connections().count()).isZero();
	}

	@ParameterizedTest
	@EnumSource(TlsOptions.Provider.class)
	void handshakeWhenClientHasCertificateBindsItsSubject(TlsOptions.Provider provider) throws Exception {
		start(TlsOptions.ClientAuth.NEED, provider, new SubjectController());
		try (SocketTestClient client = connect(first, first)) {
			client.send("who am I?");
			client.expect("CN=first");
			assertThat(this.server.connections().user("CN=first").count()).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(TlsOptions.Provider.class)
	void handshakeWhenCertificateIsWantedMayHaveNone(TlsOptions.Provider provider) throws Exception {
		start(TlsOptions.ClientAuth.WANT, provider, new SubjectController());
		try (SocketTestClient client = connect(first); SocketTestClient known = connect(first, first)) {
			client.send("who am I?");
			client.expect("nobody");
			known.send("who am I?");
			known.expect("CN=first");
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
		assertThatExceptionOfType(TlsSetupException.class).isThrownBy(() -> start(TlsOptions.ClientAuth.NONE))
			.withMessage("TLS of server 'test' cannot be set up: No keys. "
					+ "Check the SSL bundle that 'holdfast.servers.test.ssl.bundle' names.");
	}

	@SocketController
	static class SubjectController {

		@OnOpen
		void open(SocketConnection connection) {
			try {
				X509Certificate certificate = (X509Certificate) connection.sslSession()
					.orElseThrow()
					.getPeerCertificates()[0];
				connection.bindUser(certificate.getSubjectX500Principal().getName());
			}
			catch (SSLPeerUnverifiedException ex) {
				connection.bindUser("nobody");
			}
		}

		@OnMessage
		String user(String message, SocketConnection connection) {
			return connection.user().orElseThrow();
		}

	}

}
