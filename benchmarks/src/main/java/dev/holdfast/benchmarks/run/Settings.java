package dev.holdfast.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Settings of an application with Holdfast.
 */
final class Settings {

	private static final String SERVER = "--holdfast.servers.bench.";

	private static final String BUNDLE = "--spring.ssl.bundle.jks.bench.";

	private static final String PASSWORD = "secret";

	private Settings() {
	}

	/**
	 * Return settings with which every limit and deadline is on and none is met.
	 * @return arguments
	 */
	static String[] limits() {
		return new String[] { SERVER + "limits.max-connections=100000",
				SERVER + "limits.max-connections-per-address=100000", SERVER + "limits.accept-rate=1000000",
				SERVER + "limits.denied-addresses=10.0.0.0/8", SERVER + "limits.messages-per-second=100000000",
				SERVER + "login-timeout=1h", SERVER + "idle-timeout=1h", SERVER + "frame-timeout=10s",
				SERVER + "max-lifetime=24h", SERVER + "heartbeat.interval=25s", SERVER + "heartbeat.payload=h" };
	}

	static List<String> tls(String keys) {
		return List.of(BUNDLE + "keystore.location=file:" + keys, BUNDLE + "keystore.type=PKCS12",
				BUNDLE + "keystore.password=" + PASSWORD, SERVER + "ssl.bundle=bench");
	}

	/**
	 * Make keys for a server.
	 * @return a PKCS #12 file
	 * @throws IOException if the JDK's {@code keytool} cannot be run
	 * @throws InterruptedException if the thread is interrupted
	 */
	static String keys() throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("benchmarks");
		Path keys = directory.resolve("keys.p12");
		keys.toFile().deleteOnExit();
		directory.toFile().deleteOnExit();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						"bench", "-keyalg", "EC", "-dname", "CN=localhost"));
		command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", keys.toString()));
		Process process = new ProcessBuilder(command).inheritIO().start();
		if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
			throw new IOException("No keys could be made");
		}
		return keys.toString();
	}

}
