package dev.holdfast.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a {@link StandaloneApplication} without optional libraries works, or says
 * which one to add.
 */
@Timeout(60)
class MissingLibraryTests {

	private static final String PORT = "port=";

	private static final String OPTIONAL = ".*(io_uring|kqueue|tcnative|native-epoll).*";

	private Process process;

	@AfterEach
	void end() {
		this.process.destroyForcibly();
	}

	@Test
	void whenOptionalLibrariesAreMissingThenServerAnswers() throws Exception {
		start(OPTIONAL, "--holdfast.servers.echo.port=0");
		try (BufferedReader reader = this.process.inputReader();
				SocketTestClient client = SocketTestClient.connect(port(reader))) {
			client.send("main");
			client.receive();
		}
	}

	@Test
	void whenClassesOfIoUringAreMissingThenFailureSaysWhatToAdd() throws Exception {
		start(OPTIONAL, "--holdfast.io=io-uring");
		assertThat(output()).contains("the class io.netty.channel.uring.IoUring is missing")
			.contains("'holdfast.io' is 'io-uring', which is not available here: ")
			.contains("io.netty:netty-transport-native-io_uring, with the classifier linux-x86_64 or linux-aarch_64")
			.contains("Or set 'holdfast.io' to 'auto'.");
	}

	@Test
	void whenLibraryOfOpenSslIsMissingThenFailureSaysWhatToAdd(@TempDir Path directory) throws Exception {
		PemFiles.create(directory, "main");
		start(OPTIONAL, "--holdfast.servers.echo.port=0", "--holdfast.servers.echo.ssl.bundle=main",
				"--holdfast.servers.echo.ssl.provider=openssl",
				"--spring.ssl.bundle.jks.main.keystore.location=file:" + directory.resolve("main.p12"),
				"--spring.ssl.bundle.jks.main.keystore.password=secret");
		assertThat(output()).contains("TLS of server 'echo' cannot be set up: OpenSSL is not available.")
			.contains("Add io.netty:netty-tcnative-boringssl-static to the class path, or set "
					+ "'holdfast.servers.echo.ssl.provider' to 'jdk'.");
	}

	private void start(String missing, String... arguments) throws IOException {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).getFileName().toString().matches(missing))
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx128m", "-cp", classPath, StandaloneApplication.class.getName()));
		command.addAll(List.of(arguments));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private String output() throws IOException {
		try (BufferedReader reader = this.process.inputReader()) {
			return reader.lines().collect(Collectors.joining("\n"));
		}
	}

	private static int port(BufferedReader reader) throws IOException {
		String line = reader.readLine();
		while (line != null && !line.startsWith(PORT)) {
			line = reader.readLine();
		}
		return Integer.parseInt(String.valueOf(line).substring(PORT.length()));
	}

}
