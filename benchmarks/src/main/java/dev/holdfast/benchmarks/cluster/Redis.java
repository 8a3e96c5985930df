package dev.holdfast.benchmarks.cluster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server in a process of its own, that of the environment variable
 * {@code REDIS_SERVER} or else the one that comes with the benchmarks. Confined to one
 * thread.
 */
final class Redis implements AutoCloseable {

	private final String executable;

	private final int port;

	private Process process;

	Redis() throws IOException {
		String chosen = System.getenv("REDIS_SERVER");
		File file = (chosen != null) ? new File(chosen) : ExecutableProvider.newJarResourceProvider().get();
		this.executable = file.getPath();
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = socket.getLocalPort();
		}
		this.process = start();
	}

	private Process start() throws IOException {
		List<String> command = List.of(this.executable, "--port", String.valueOf(this.port), "--bind", "127.0.0.1",
				"--save", "", "--appendonly", "no", "--client-output-buffer-limit", "pubsub", "256mb", "256mb", "60");
		return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
	}

	int port() {
		return this.port;
	}

	void restart() throws IOException, InterruptedException {
		close();
		this.process = start();
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

}
