package dev.holdfast.server.context;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link RestartApplication} in a process of its own.
 */
final class RestartedProcess implements AutoCloseable {

	static final int TERMINATED = 128 + 15;

	private static final String PORT = "port=";

	private static final String COUNTS = "counts=";

	private static final int TIMEOUT_SECONDS = 60;

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final List<String> output = new ArrayList<>();

	private final int port;

	RestartedProcess(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
		Stream.of(arguments).filter(RestartedProcess::isOfJava).forEach(command::add);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), RestartApplication.class.getName(),
				"--holdfast.servers.echo.port=0", "--holdfast.servers.echo.concurrency=4"));
		Stream.of(arguments).filter((argument) -> !isOfJava(argument)).forEach(command::add);
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		Thread reader = new Thread(() -> this.process.inputReader().lines().forEach(this.lines::add));
		reader.setDaemon(true);
		reader.start();
		this.port = Integer.parseInt(await(PORT));
	}

	private static boolean isOfJava(String argument) {
		return argument.startsWith("-X");
	}

	int port() {
		return this.port;
	}

	void signal() {
		this.process.toHandle().destroy();
	}

	/**
	 * Wait for the end of the process.
	 * @param timeout the longest time
	 * @return the exit code
	 */
	int awaitEnd(Duration timeout) throws InterruptedException {
		assertThat(this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)).as(this.output.toString()).isTrue();
		return this.process.exitValue();
	}

	/**
	 * Return what the server counted when it had stopped.
	 * @return messages received, handled and sent, and active connections
	 */
	long[] counts() throws InterruptedException {
		return Arrays.stream(await(COUNTS).split(",")).mapToLong(Long::parseLong).toArray();
	}

	/**
	 * Read the output up to a line.
	 * @param start how the line starts or what it holds
	 * @return what follows in that line
	 */
	String await(String start) throws InterruptedException {
		for (String line = next(); line != null; line = next()) {
			this.output.add(line);
			if (line.contains(start)) {
				return line.substring(line.indexOf(start) + start.length());
			}
		}
		throw new AssertionError("No '" + start + "' in " + this.output);
	}

	private @Nullable String next() throws InterruptedException {
		return this.lines.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
