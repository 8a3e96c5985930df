package dev.holdfast.cluster.redis;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server in a process of its own: that of the system property
 * {@code holdfast.test.redis-server}, else the one that comes with the tests. It can be
 * killed, restarted empty and halted.
 */
public final class RedisProcess implements AutoCloseable {

	private static final String PROPERTY = "holdfast.test.redis-server";

	private final String executable;

	private final int port;

	private final List<String> settings;

	private final RedisClient client;

	private Process process;

	public RedisProcess(String... settings) throws IOException {
		String chosen = System.getProperty(PROPERTY);
		this.executable = (chosen != null && !chosen.isEmpty()) ? chosen : embedded().getPath();
		this.port = freePort();
		this.settings = List.of(settings);
		this.client = RedisClient.create(uri());
		Runtime.getRuntime().addShutdownHook(new Thread(() -> this.process.destroyForcibly()));
		start();
	}

	private RedisURI uri() {
		RedisURI.Builder builder = RedisURI.builder()
			.withHost("127.0.0.1")
			.withPort(this.port)
			.withTimeout(Duration.ofSeconds(20));
		int password = this.settings.indexOf("--requirepass") + 1;
		return ((password > 0) ? builder.withPassword(this.settings.get(password).toCharArray()) : builder).build();
	}

	private static File embedded() throws IOException {
		return ExecutableProvider.newJarResourceProvider().get();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	public void start() throws IOException {
		List<String> command = new ArrayList<>(List.of(this.executable, "--port", String.valueOf(this.port), "--bind",
				"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", System.getProperty("java.io.tmpdir")));
		command.addAll(this.settings);
		this.process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.ignoreExceptions()
			.until(() -> "PONG".equals(call(RedisCommands::ping)));
	}

	public int port() {
		return this.port;
	}

	/**
	 * Return what tells an application where this server is.
	 * @return the properties
	 */
	public String[] properties() {
		return new String[] { "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + this.port };
	}

	/**
	 * Call the server on a connection of its own.
	 * @param <T> the type of the result
	 * @param command the command
	 * @return the result
	 */
	public <T> T call(Function<RedisCommands<String, String>, T> command) {
		try (StatefulRedisConnection<String, String> connection = this.client.connect()) {
			return command.apply(connection.sync());
		}
	}

	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	public void halt() throws Exception {
		signal("-STOP");
	}

	public void resume() throws Exception {
		signal("-CONT");
	}

	private void signal(String signal) throws Exception {
		new ProcessBuilder("kill", signal, String.valueOf(this.process.pid())).start().waitFor();
	}

	@Override
	public void close() throws InterruptedException {
		this.client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		kill();
	}

}
