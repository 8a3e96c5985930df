package dev.holdfast.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a {@link StandaloneApplication} lives as long as its servers.
 */
@Timeout(60)
class StandaloneApplicationTests {

	private static final String PORT = "port=";

	private static final int TERMINATED = 128 + 15;

	private Process process;

	private final List<String> output = new ArrayList<>();

	@AfterEach
	void end() {
		this.process.destroyForcibly();
	}

	@Test
	void whenMainHasReturnedThenServerAnswersUntilProcessIsTerminated() throws Exception {
		start("--holdfast.servers.echo.port=0");
		try (BufferedReader reader = this.process.inputReader();
				SocketTestClient client = SocketTestClient.connect(readPort(reader))) {
			Awaitility.await().untilAsserted(() -> {
				client.send("main");
				client.expect("false");
			});
			assertThat(this.process.isAlive()).isTrue();
			this.process.toHandle().destroy();
			client.expectClosed();
			reader.lines().forEach(this.output::add);
			assertThat(this.output).contains("stopped=echo");
			assertThat(this.process.waitFor()).isEqualTo(TERMINATED);
		}
	}

	@Test
	void whenNoServerIsConfiguredThenProcessEndsWithMain() throws Exception {
		start();
		try (BufferedReader reader = this.process.inputReader()) {
			reader.lines().forEach(this.output::add);
			assertThat(this.output).contains(PORT + "null");
			assertThat(this.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(this.process.exitValue()).isZero();
		}
	}

	@Test
	void whenNothingChangesServersThenNoClassOfReactorIsLoaded() throws Exception {
		start(List.of("-Xlog:class+load"), "--holdfast.servers.echo.port=0");
		try (BufferedReader reader = this.process.inputReader()) {
			assertThat(readPort(reader)).isPositive();
			assertThat(this.output).anyMatch((line) -> line.contains("io.netty.channel.Channel "))
				.noneMatch((line) -> line.contains(" reactor."));
		}
	}

	private void start(String... arguments) throws IOException {
		start(List.of(), arguments);
	}

	private void start(List<String> flags, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
		command.addAll(flags);
		command.add(StandaloneApplication.class.getName());
		command.addAll(List.of(arguments));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private int readPort(BufferedReader reader) throws IOException {
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			this.output.add(line);
			if (line.startsWith(PORT)) {
				return Integer.parseInt(line.substring(PORT.length()));
			}
		}
		throw new AssertionError("No port in " + this.output);
	}

}
