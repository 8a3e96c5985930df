package dev.holdfast.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link SocketTestClient} over TLS.
 */
class SocketTestClientTlsTests {

	@TempDir
	private static Path directory;

	private static SslBundle keys;

	private static SslBundle otherKeys;

	@BeforeAll
	static void createKeys() throws Exception {
		keys = TestKeys.create(directory, "localhost");
		otherKeys = TestKeys.create(directory, "other.example");
	}

	@Test
	void sslWhenBundleTrustsServerExchangesMessages() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(listener(keys),
				(socket) -> ScriptedServer.write(socket, ScriptedServer.readUntil(socket, "\n")));
				SocketTestClient client = SocketTestClient.to(server.port()).ssl(keys).connect()) {
			client.send("secret");
			client.expect("secret");
			client.expectClosed();
		}
	}

	@Test
	void sslWhenContextTrustsServerOfOtherNameExchangesMessages() throws Exception {
		SSLContext context = otherKeys.createSslContext();
		try (ScriptedServer server = ScriptedServer.start(listener(otherKeys),
				(socket) -> ScriptedServer.write(socket, "hello\n"));
				SocketTestClient client = SocketTestClient.to(server.port()).ssl(context).connect()) {
			client.expect("hello");
			client.expectClosed();
		}
	}

	@Test
	void sslWhenServerIsNotTrustedThrows() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(listener(keys),
				(socket) -> assertThatException().isThrownBy(() -> ((SSLSocket) socket).startHandshake())
					.isInstanceOf(IOException.class))) {
			assertThatThrownBy(() -> SocketTestClient.to(server.port()).ssl(otherKeys).connect())
				.isInstanceOf(UncheckedIOException.class)
				.hasCauseInstanceOf(SSLException.class);
		}
	}

	@Test
	void sslWhenBundleHasOptionsUsesThem() throws Exception {
		SslOptions options = SslOptions.of(null, new String[] { "TLSv1.2" });
		SslBundle bundle = SslBundle.of(keys.getStores(), keys.getKey(), options);
		try (ScriptedServer server = ScriptedServer.start(listener(keys), (socket) -> {
			ScriptedServer.readUntil(socket, "\n");
			ScriptedServer.write(socket, ((SSLSocket) socket).getSession().getProtocol() + "\n");
		}); SocketTestClient client = SocketTestClient.to(server.port()).ssl(bundle).connect()) {
			client.send("protocol");
			client.expect("TLSv1.2");
		}
	}

	@Test
	void connectWhenServerSpeaksNoTlsThrows() throws Exception {
		try (ScriptedServer server = ScriptedServer
			.start((socket) -> ScriptedServer.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
			assertThatThrownBy(() -> SocketTestClient.to(server.port()).ssl(keys).connect())
				.isInstanceOf(UncheckedIOException.class)
				.hasCauseInstanceOf(IOException.class);
		}
	}

	@Test
	void connectWhenHandshakeStallsThrowsInTime() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(ScriptedServer::readAll)) {
			assertThatThrownBy(
					() -> SocketTestClient.to(server.port()).ssl(keys).timeout(Duration.ofMillis(100)).connect())
				.isInstanceOf(UncheckedIOException.class);
		}
	}

	@Test
	void expectClosedWhenClientCertificateIsMissingFails() throws Exception {
		SSLServerSocket listener = listener(keys);
		listener.setNeedClientAuth(true);
		SslBundle trustOnly = SslBundle.of(trustOnly());
		try (ScriptedServer server = ScriptedServer.start(listener,
				(socket) -> assertThatException().isThrownBy(() -> ((SSLSocket) socket).startHandshake()));
				SocketTestClient client = SocketTestClient.to(server.port()).ssl(trustOnly).connect()) {
			assertThatThrownBy(client::expectClosed).isInstanceOf(AssertionError.class)
				.hasMessageContaining("the connection failed with javax.net.ssl.SSLHandshakeException")
				.hasCauseInstanceOf(SSLException.class);
		}
	}

	@Test
	void resetWhenConnectedResetsServer() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(listener(keys), (socket) -> {
			ScriptedServer.write(socket, "ready\n");
			assertThatThrownBy(() -> ScriptedServer.readAll(socket)).satisfiesAnyOf(
					(ex) -> assertThat(ex).isInstanceOf(SocketException.class),
					(ex) -> assertThat(ex).hasRootCauseInstanceOf(SocketException.class));
		}); SocketTestClient client = SocketTestClient.to(server.port()).ssl(keys).connect()) {
			client.expect("ready");
			client.reset();
		}
	}

	@Test
	void shutdownOutputWhenServerAnswersStillReceives() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(listener(keys),
				(socket) -> ScriptedServer.write(socket, "got " + ScriptedServer.readAll(socket)));
				SocketTestClient client = SocketTestClient.to(server.port()).ssl(keys).connect()) {
			client.send("it");
			client.shutdownOutput();
			client.expect("got it");
		}
	}

	private static SslStoreBundle trustOnly() {
		return SslStoreBundle.of(null, null, keys.getStores().getTrustStore());
	}

	private static SSLServerSocket listener(SslBundle bundle) throws IOException {
		return (SSLServerSocket) bundle.createSslContext()
			.getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
	}

}
