package dev.holdfast.cluster.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server in a process of its own: that of the system property
 * {@code holdfast.test.redis-server}, else the one that comes with the tests. It can be
 * killed, restarted empty and halted.
 */
public final class RedisProcess implements AutoCloseable {

	/**
	 * The name by which a {@link #sentinel} knows the server that it watches.
	 */
	static final String WATCHED = "primary";

	/**
	 * How far above the port of a server the bus of a Redis Cluster is.
	 */
	private static final int BUS = 10_000;

	private final int port;

	private final List<String> command;

	private final RedisClient client;

	private Process process;

	/**
	 * Start a server.
	 * @param settings its settings, as arguments
	 */
	public RedisProcess(String... settings) throws IOException {
		this(freePort(), List.of(settings));
	}

	private RedisProcess(int port, List<String> settings) throws IOException {
		this(port, uri(port, settings), command(port, settings));
	}

	private RedisProcess(int port, RedisURI uri, List<String> command) throws IOException {
		this.port = port;
		this.command = command;
		this.client = RedisClient.create(uri);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> this.process.destroyForcibly()));
		start();
	}

	/**
	 * Start a server of a Redis Cluster, which is on its own at first.
	 * @return the server
	 */
	static RedisProcess clustered() throws IOException {
		Path directory = Files.createTempDirectory("holdfast-redis");
		return new RedisProcess("--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--dir",
				directory.toString());
	}

	/**
	 * Start a Sentinel that decides alone and quickly.
	 * @param server the server that it watches
	 * @return the Sentinel
	 */
	static RedisProcess sentinel(RedisProcess server) throws IOException {
		int port = freePort();
		Path file = Files.createTempDirectory("holdfast-redis").resolve("sentinel.conf");
		Files.write(file,
				List.of("port " + port, "bind 127.0.0.1",
						"sentinel monitor %s 127.0.0.1 %d 1".formatted(WATCHED, server.port),
						"sentinel down-after-milliseconds " + WATCHED + " 1000",
						"sentinel failover-timeout " + WATCHED + " 5000"));
		return new RedisProcess(port, uri(port, List.of()), List.of(executable(), file.toString(), "--sentinel"));
	}

	/**
	 * Whether the server was built with TLS.
	 * @return whether it takes the settings
	 */
	static boolean hasTls() throws IOException {
		Process process = new ProcessBuilder(executable(), "--port", "0", "--tls-port", "0").redirectErrorStream(true)
			.start();
		return !new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("Bad directive");
	}

	private static RedisURI uri(int port, List<String> settings) {
		RedisURI.Builder builder = RedisURI.builder()
			.withHost("127.0.0.1")
			.withPort(port)
			.withTimeout(Duration.ofSeconds(20));
		int password = settings.indexOf("--requirepass") + 1;
		return ((password > 0) ? builder.withPassword(settings.get(password).toCharArray()) : builder).build();
	}

	private static List<String> command(int port, List<String> settings) throws IOException {
		List<String> command = new ArrayList<>(List.of(executable(), "--port", String.valueOf(port), "--bind",
				"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", System.getProperty("java.io.tmpdir")));
		command.addAll(settings);
		return command;
	}

	private static String executable() throws IOException {
		String chosen = System.getProperty("holdfast.test.redis-server", "");
		return chosen.isEmpty() ? ExecutableProvider.newJarResourceProvider().get().getPath() : chosen;
	}

	/**
	 * Return a port that is free, as is that of its bus. Both are below those that
	 * systems give to clients, of which other tests have thousands.
	 * @return the port
	 */
	static int freePort() {
		return ThreadLocalRandom.current()
			.ints(10_500, 20_000)
			.filter((port) -> isFree(port) && isFree(port + BUS))
			.findFirst()
			.orElseThrow();
	}

	private static boolean isFree(int port) {
		try {
			new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	public void start() throws IOException {
		this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
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

	/**
	 * Change what a user may do.
	 * @param user the name of the user
	 * @param rules the rules of {@code ACL SETUSER}
	 */
	void acl(String user, String... rules) {
		CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8).add("SETUSER")
			.add(user)
			.add("resetchannels");
		List.of(rules).forEach(arguments::add);
		call((commands) -> commands.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments));
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
