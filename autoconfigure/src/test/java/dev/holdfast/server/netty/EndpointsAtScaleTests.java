package dev.holdfast.server.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the endpoints say, how fast and how truly, with many connections. Takes minutes
 * and a machine of its own, so it runs only when asked for.
 */
@EnabledIfSystemProperty(named = "holdfast.long-tests", matches = "true")
class EndpointsAtScaleTests {

	private static final int CONNECTIONS = 15_000;

	private static final int RATE = 10_000;

	private static final int SECONDS = 24;

	private static final int WARM_UP = 2000;

	private static final int DESCRIPTORS = 20_000;

	@TempDir
	private Path directory;

	@Test
	void socketsWhenLoadIsSteadyIsFastAndTrue() throws Exception {
		try (CrowdedProcess server = new CrowdedProcess(DESCRIPTORS, this.directory.resolve("log"));
				Client client = new Client()) {
			client.tell("open " + CONNECTIONS + " tcp " + server.port());
			List<Long> quiet = answers(server, WARM_UP);
			CompletableFuture<List<String>> load = CompletableFuture
				.supplyAsync(() -> client.tell("steady " + RATE + " " + SECONDS));
			Thread.sleep(Duration.ofSeconds(12).toMillis());
			List<Long> busy = answers(server, 400);
			Thread.sleep(Math.max(Duration.ofSeconds(10).toMillis() - sum(busy), 0));
			long moment = System.nanoTime();
			double shown = decimal(server.get("/actuator/sockets/echo"), "last10s");
			List<String> lines = load.join();
			double counted = countedIn10s(lines.get(0), moment);
			print("sockets, idle", quiet);
			print("sockets, %d messages/s".formatted(RATE), busy);
			System.out.printf(Locale.ROOT, "QPS over 10 s: shown %.1f, counted %.1f%n", shown, counted);
			assertThat(shown).isBetween(counted * 0.98, counted * 1.02);
			assertCounts(server, lines.get(1));
			assertThat(percentile(busy, 99)).isLessThan(10_000_000);
		}
	}

	private static void assertCounts(CrowdedProcess server, String line) {
		System.out.println(line);
		long[] counts = Arrays.stream(line.split(" ")).skip(1).mapToLong(Long::parseLong).toArray();
		await().until(() -> server.count("inFlight") == 0);
		String json = server.get("/actuator/sockets/echo");
		assertThat(json).contains("\"active\":" + CONNECTIONS + ",\"peak\":" + CONNECTIONS)
			.contains("\"messages\":{\"received\":%d,\"sent\":%d,\"failed\":0,\"dropped\":0".formatted(counts[0],
					counts[2]))
			.contains("\"bytes\":{\"received\":%d,\"sent\":%d}".formatted(counts[1], counts[3]));
		assertThat(counts[0]).isGreaterThan(CONNECTIONS + RATE * (SECONDS - 1L));
	}

	@ParameterizedTest
	@CsvSource({ "tcp, echo", "websocket, live", "tls, secured" })
	void capacityWhenConnectionsAreThereHasEstimatedTheirCost(String kind, String name) throws Exception {
		try (CrowdedProcess server = new CrowdedProcess(DESCRIPTORS, this.directory.resolve("log"), settings());
				Client client = new Client()) {
			int port = Integer.parseInt(
					text(server.get("/actuator/info"), "\"%s\":\\{\"address\":\"[^\"]*:(\\d+)\"".formatted(name)));
			client.tell("open " + CONNECTIONS + " " + kind + " " + port);
			client.tell("close");
			await().atMost(Duration.ofSeconds(60)).until(() -> active(server, name) == 0);
			long heap = server.liveHeap();
			long kernel = slab();
			client.tell("open " + CONNECTIONS + " " + kind + " " + port);
			assertThat(active(server, name)).isEqualTo(CONNECTIONS);
			double heapCost = (server.liveHeap() - heap) / (double) CONNECTIONS;
			double kernelCost = (slab() - kernel) / 2.0 / CONNECTIONS;
			long estimate = estimate(server.get("/actuator/socketcapacity"), name);
			System.out.printf(Locale.ROOT, "%s: heap %.0f B, kernel %.0f B a connection; estimate %d B%n", kind,
					heapCost, kernelCost, estimate);
			assertThat((double) estimate).isBetween((heapCost + kernelCost) * 0.85, (heapCost + kernelCost) * 1.15);
		}
	}

	private String[] settings() throws Exception {
		Path keys = this.directory.resolve("keys.p12");
		run("keytool", "-genkeypair", "-alias", "test", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype",
				"PKCS12", "-storepass", "secret", "-keystore", keys.toString());
		return new String[] { "--holdfast.servers.live.port=0", "--holdfast.servers.live.transport=websocket",
				"--holdfast.servers.secured.port=0", "--holdfast.servers.secured.ssl.bundle=test",
				"--spring.ssl.bundle.jks.test.keystore.location=file:" + keys,
				"--spring.ssl.bundle.jks.test.keystore.type=PKCS12",
				"--spring.ssl.bundle.jks.test.keystore.password=secret" };
	}

	private static long active(CrowdedProcess server, String name) {
		return Long.parseLong(text(server.get("/actuator/sockets/" + name), "\"active\":(\\d+)"));
	}

	private static long estimate(String json, String name) {
		String cost = "\"%s\":\\{\"connections\":[^}]*\"connectionCost\":\\{\"heapBytes\":(\\d+),\"kernelBytes\":(\\d+)"
			.formatted(name);
		Matcher matcher = Pattern.compile(cost).matcher(json);
		assertThat(matcher.find()).as(json).isTrue();
		return Long.parseLong(matcher.group(1)) + Long.parseLong(matcher.group(2));
	}

	private static long slab() throws IOException {
		String line = Files.readAllLines(Path.of("/proc/meminfo"))
			.stream()
			.filter((candidate) -> candidate.startsWith("Slab:"))
			.findFirst()
			.orElseThrow();
		return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
	}

	@Test
	void pagesWhenThereAreMillionConnectionsAreFastAndStopNoLoop() throws Exception {
		List<String> lines = run("java", "-Xms6g", "-Xmx6g", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), MillionConnections.class.getName());
		List<String> pages = lines.stream().filter((line) -> line.startsWith("PAGE ")).toList();
		pages.forEach(System.out::println);
		assertThat(pages).hasSize(7).allSatisfy((page) -> {
			long most = page.contains("PAGE address") ? 1_000_000 : 50_000;
			assertThat(Long.parseLong(text(page, "medianMicros=(\\d+)"))).isLessThan(most);
			assertThat(Long.parseLong(text(page, "loopWaitMicros=(\\d+)"))).isLessThan(50_000);
		});
	}

	private static List<String> run(String program, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", program).toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
		assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
		return lines;
	}

	private static List<Long> answers(CrowdedProcess server, int count) {
		List<Long> nanos = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			long began = System.nanoTime();
			assertThat(server.get("/actuator/sockets")).contains("\"echo\"");
			nanos.add(System.nanoTime() - began);
		}
		return nanos.subList(count / 4, count);
	}

	private static long sum(List<Long> nanos) {
		return Duration.ofNanos(nanos.stream().mapToLong(Long::longValue).sum()).toMillis();
	}

	private static long percentile(List<Long> nanos, int percent) {
		List<Long> sorted = nanos.stream().sorted().toList();
		return sorted.get(Math.min(sorted.size() * percent / 100, sorted.size() - 1));
	}

	private static void print(String name, List<Long> nanos) {
		System.out.printf(Locale.ROOT, "%s: median %.2f ms, p99 %.2f ms, max %.2f ms%n", name,
				percentile(nanos, 50) / 1e6, percentile(nanos, 99) / 1e6, percentile(nanos, 100) / 1e6);
	}

	private static double countedIn10s(String line, long moment) {
		long[][] samples = Arrays.stream(line.split(" "))
			.skip(1)
			.map((sample) -> Arrays.stream(sample.split(":")).mapToLong(Long::parseLong).toArray())
			.toArray(long[][]::new);
		return (at(samples, moment) - at(samples, moment - Duration.ofSeconds(10).toNanos())) / 10.0;
	}

	private static long at(long[][] samples, long moment) {
		long count = 0;
		for (long[] sample : samples) {
			count = (sample[0] <= moment) ? sample[1] : count;
		}
		return count;
	}

	private static double decimal(String json, String name) {
		return Double.parseDouble(text(json, "\"%s\":([\\d.E]+)".formatted(name)));
	}

	private static String text(String json, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(json);
		assertThat(matcher.find()).as(json).isTrue();
		return matcher.group(1);
	}

	/**
	 * The clients, in a process of their own.
	 */
	private static final class Client implements AutoCloseable {

		private final Process process;

		private final PrintStream out;

		private final BufferedReader in;

		Client() throws IOException {
			this.process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx1g", "-cp",
					System.getProperty("java.class.path"), ScaleClient.class.getName())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			this.out = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
			this.in = this.process.inputReader(StandardCharsets.UTF_8);
		}

		List<String> tell(String command) {
			this.out.println(command);
			List<String> lines = new ArrayList<>();
			try {
				for (String line = this.in.readLine(); !"done".equals(line); line = this.in.readLine()) {
					assertThat(line).as(command).isNotNull();
					if (line.startsWith("samples") || line.startsWith("counts")) {
						lines.add(line);
					}
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			return lines;
		}

		@Override
		public void close() throws Exception {
			this.process.destroyForcibly().waitFor();
		}

	}

}
