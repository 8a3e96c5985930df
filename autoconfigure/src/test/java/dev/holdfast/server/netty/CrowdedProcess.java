package dev.holdfast.server.netty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server application in a process that has few file descriptors.
 */
final class CrowdedProcess implements AutoCloseable {

	private static final String APPLICATION = "dev.holdfast.autoconfigure.CrowdedApplication";

	private static final Pattern PORTS = Pattern.compile("ports=(\\d+),(\\d+)");

	private final Path output;

	private final Process process;

	private final int webPort;

	private final int port;

	CrowdedProcess(int descriptors, Path output, String... arguments) throws IOException {
		this.output = output;
		List<String> command = new ArrayList<>(
				List.of("bash", "-c", "ulimit -n " + descriptors + "; exec \"$0\" \"$@\"",
						Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
						System.getProperty("java.class.path"), APPLICATION, "--server.port=0",
						"--holdfast.servers.echo.port=0", "--management.endpoints.web.exposure.include=*"));
		command.addAll(List.of(arguments));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.process.isAlive() || PORTS.matcher(log()).find());
		Matcher matcher = PORTS.matcher(log());
		assertThat(matcher.find()).as(log()).isTrue();
		this.webPort = Integer.parseInt(matcher.group(1));
		this.port = Integer.parseInt(matcher.group(2));
	}

	int port() {
		return this.port;
	}

	String log() throws IOException {
		return Files.readString(this.output);
	}

	long logLines() throws IOException {
		return log().lines().count();
	}

	Duration cpuTime() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	/**
	 * Read a number of {@code /actuator/sockets}, over the one HTTP connection that is
	 * kept open.
	 * @param name the name of the number
	 * @return the number
	 */
	long count(String name) {
		return number(get("/actuator/sockets/echo"), "\"%s\":(\\d+)".formatted(name));
	}

	/**
	 * Read a counter, over the one HTTP connection that is kept open.
	 * @param name the name of the meter
	 * @return the count
	 */
	long meter(String name) {
		return number(get("/actuator/metrics/" + name), "\"value\":(\\d+)");
	}

	/**
	 * Return the bytes of all objects that are alive, from the class histogram.
	 * @return the bytes
	 */
	long liveHeap() throws IOException {
		String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
		Process histogram = new ProcessBuilder(jcmd, Long.toString(this.process.pid()), "GC.class_histogram").start();
		String total = histogram.inputReader()
			.lines()
			.filter((line) -> line.startsWith("Total"))
			.findFirst()
			.orElse("");
		return number(total, "Total\\s+\\d+\\s+(\\d+)");
	}

	String get(String path) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create("http://localhost:" + this.webPort + path)
				.toURL()
				.openConnection();
			connection.setReadTimeout(10_000);
			try (InputStream body = (connection.getResponseCode() < 400) ? connection.getInputStream()
					: connection.getErrorStream()) {
				return new String(body.readAllBytes(), StandardCharsets.UTF_8);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long number(String json, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(json);
		assertThat(matcher.find()).as(json).isTrue();
		return Long.parseLong(matcher.group(1));
	}

	@Override
	public void close() throws Exception {
		this.process.destroyForcibly().waitFor();
	}

}
