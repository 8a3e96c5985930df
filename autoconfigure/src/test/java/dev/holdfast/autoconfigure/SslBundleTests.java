package dev.holdfast.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.netty.handler.ssl.OpenSsl;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for servers whose keys are in {@code spring.ssl.bundle}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslBundleTests {

	@TempDir
	private static Path parent;

	private static PemFiles first;

	private static PemFiles second;

	private Path directory;

	private ApplicationContextRunner contextRunner;

	@BeforeAll
	static void createKeys() throws Exception {
		first = PemFiles.create(parent, "first");
		second = PemFiles.create(parent, "second");
	}

	@BeforeEach
	void writeKeys() throws Exception {
		this.directory = Files.createTempDirectory(parent, "bundles");
		first.write(this.directory, "main");
		first.write(this.directory, "other");
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, SocketServerAutoConfiguration.class))
			.withBean(EchoHandler.class)
			.withPropertyValues(PemFiles.properties(this.directory, "main"))
			.withPropertyValues(PemFiles.properties(this.directory, "other"))
			.withPropertyValues("spring.ssl.bundle.watch.file.quiet-period=100ms", "holdfast.servers.echo.port=0",
					"holdfast.servers.echo.ssl.bundle=main");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "openssl" })
	void whenCertificateIsRotatedUnderLoadThenNoHandshakeFails(String provider) {
		assumeTrue(provider.equals("jdk") || OpenSsl.isAvailable(), "OpenSSL is not available");
		this.contextRunner.withPropertyValues("holdfast.servers.echo.ssl.provider=" + provider).run((context) -> {
			HandshakeLoad load = new HandshakeLoad(port(context), 3);
			try (load) {
				await().until(() -> load.shown("CN=first") >= 20);
				second.write(this.directory, "main");
				await().until(() -> load.shown("CN=second") >= 20);
				int before = load.shown("CN=first");
				first.write(this.directory, "main");
				await().until(() -> load.shown("CN=first") >= before + 20);
			}
			assertThat(load.failures()).isEmpty();
		});
	}

	@Test
	void whenNewKeysCannotBeUsedThenOldOnesStayAndErrorIsLogged(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(HandshakeLoad.handshake(port(context), null)).isEqualTo("CN=first");
			new PemFiles("no certificate", first.key()).write(this.directory, "main");
			await().until(() -> output.toString().contains("ERROR"));
			assertThat(HandshakeLoad.handshake(port(context), null)).isEqualTo("CN=first");
			second.write(this.directory, "main");
			await().until(() -> HandshakeLoad.handshake(port(context), null).equals("CN=second"));
		});
	}

	@Test
	void whenKeyAndCertificateDoNotMatchThenOldOnesStayAndErrorIsLogged(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			new PemFiles(second.certificate(), first.key()).write(this.directory, "main");
			await().until(() -> output.toString().contains("The private key does not belong to the certificate"));
			assertThat(output).contains("Server 'echo' keeps the old keys of 'ssl.bundle'");
			assertThat(HandshakeLoad.handshake(port(context), null)).isEqualTo("CN=first");
			second.write(this.directory, "main");
			await().until(() -> HandshakeLoad.handshake(port(context), null).equals("CN=second"));
		});
	}

	@Test
	void whenHostHasBundleOfItsOwnThenItIsShownAndReloaded() {
		this.contextRunner
			.withPropertyValues("holdfast.servers.echo.ssl.sni.a.example=other",
					"holdfast.servers.echo.ssl.sni[*.b.example]=other")
			.run((context) -> {
				second.write(this.directory, "other");
				await().until(() -> HandshakeLoad.handshake(port(context), "a.example").equals("CN=second"));
				await().until(() -> HandshakeLoad.handshake(port(context), "x.b.example").equals("CN=second"));
				assertThat(HandshakeLoad.handshake(port(context), "b.example")).isEqualTo("CN=first");
				assertThat(HandshakeLoad.handshake(port(context), null)).isEqualTo("CN=first");
			});
	}

	private static org.awaitility.core.ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

	private static int port(ApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.holdfast.echo.port", Integer.class);
	}

	@SocketController
	static class EchoHandler {

		@OnMessage
		String echo(String line) {
			return line;
		}

	}

}
