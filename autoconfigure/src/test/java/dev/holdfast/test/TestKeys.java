package dev.holdfast.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Key pairs made by the JDK's {@code keytool}.
 */
final class TestKeys {

	private static final String PASSWORD = "secret";

	private TestKeys() {
	}

	static SslBundle create(Path directory, String host) throws IOException, InterruptedException {
		return create(directory, host, SslOptions.NONE);
	}

	static SslBundle create(Path directory, String host, SslOptions options) throws IOException, InterruptedException {
		Path store = directory.resolve(host + ".p12");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "test", "-keyalg", "EC", "-validity", "2", "-dname", "CN=" + host, "-ext",
				"SAN=dns:" + host, "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString())
			.redirectErrorStream(true)
			.start();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(() -> process.inputReader().lines().toList().toString()).isZero();
		JksSslStoreDetails details = new JksSslStoreDetails("PKCS12", null, "file:" + store, PASSWORD);
		return SslBundle.of(new JksSslStoreBundle(details, details), SslBundleKey.of(PASSWORD), options);
	}

}
