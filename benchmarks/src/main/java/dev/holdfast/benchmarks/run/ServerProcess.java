package dev.holdfast.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;

/**
 * A server that runs. Thread-safe.
 */
final class ServerProcess implements AutoCloseable {

	private final Contender contender;

	private final Process process;

	private final int port;

	private final double startSeconds;

	private final Duration startCpuTime;

	ServerProcess(Contender contender, Process process) throws IOException {
		long began = System.nanoTime();
		this.contender = contender;
		this.process = process;
		BufferedReader lines = process.inputReader();
		this.port = Integer.parseInt(Launcher.await(lines, "READY"));
		this.startSeconds = (System.nanoTime() - began) / 1e9;
		this.startCpuTime = process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	String name() {
		return this.contender.name();
	}

	/**
	 * Return what is added to the plans of its load.
	 * @return pairs of keys and values
	 */
	String load() {
		return this.contender.load();
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	double startSeconds() {
		return this.startSeconds;
	}

	/**
	 * Return what the start took of the processors.
	 * @return the time, to a hundredth of a second
	 */
	Duration startCpuTime() {
		return this.startCpuTime;
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroy();
		this.process.waitFor();
	}

}
