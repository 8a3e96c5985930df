package dev.holdfast.server.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * {@link ScenarioClients} in a process of their own. The bad ones have the lowest
 * priority: on machines of their own they would not take the processor from the good
 * ones. All have a heap that is not new to the system, so that their own pauses are no
 * part of the times.
 */
final class ScenarioProcess implements AutoCloseable {

	private static final List<String> SHORT_PAUSES = List.of("-Xms512m", "-Xmx512m", "-Xmn128m", "-XX:+UseSerialGC",
			"-XX:+AlwaysPreTouch");

	private final ScenarioServers servers;

	private final ScenarioProgress progress;

	private final ScenarioPart part;

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final Process process;

	private final Thread reader = new Thread(this::read);

	private volatile @Nullable ScenarioLatencies latencies;

	ScenarioProcess(ScenarioServers servers, ScenarioProgress progress, ScenarioPart part, List<String> arguments)
			throws IOException {
		this.servers = servers;
		this.progress = progress;
		this.part = part;
		List<String> command = new ArrayList<>();
		if (part == ScenarioPart.BAD_OF_MIXED) {
			command.addAll(List.of("nice", "-n", "19"));
		}
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(SHORT_PAUSES);
		command.addAll(
				List.of("-cp", System.getProperty("java.class.path"), ScenarioClients.class.getName(), part.name()));
		IntStream.of(servers.ports()).mapToObj(String::valueOf).forEach(command::add);
		command.addAll(arguments);
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.reader.start();
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				int end = line.indexOf('=');
				take(line.substring(0, Math.max(end, 0)), line.substring(end + 1));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void take(String name, String value) {
		switch (name) {
			case "result" -> this.servers.compare(ScenarioResult.parse(value));
			case "progress" -> this.progress.write(this.part + ": " + value);
			case "latencies" -> take(ScenarioLatencies.parse(value));
			case "failure" -> {
				this.progress.write(value);
				this.failures.add(value);
			}
			default -> {
			}
		}
	}

	private void take(ScenarioLatencies latencies) {
		this.latencies = latencies;
	}

	boolean isRunning() throws InterruptedException {
		return !this.process.waitFor(100, TimeUnit.MILLISECONDS);
	}

	/**
	 * Return what went wrong, so far or, when the process has ended, in all.
	 * @return the failures
	 */
	List<String> failures() throws InterruptedException {
		if (!this.process.isAlive()) {
			this.reader.join(Duration.ofSeconds(10).toMillis());
			if (this.latencies == null) {
				return List.of(this.part + " ended with " + this.process.exitValue());
			}
		}
		return List.copyOf(this.failures);
	}

	@Nullable ScenarioLatencies latencies() {
		return this.latencies;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
