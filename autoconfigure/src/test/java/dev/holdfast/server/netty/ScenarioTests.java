package dev.holdfast.server.netty;

import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Good clients among slow, half-open, resetting, flooding and other bad ones, over three
 * transports: 6 s with 300 connections, or with {@code -Dholdfast.scenario=long} 30
 * minutes with 15,000. {@code holdfast.scenario.seconds}, {@code .connections} and
 * {@code .seed} change that; a failure names the seed that repeats the choices.
 */
@ExtendWith(LeakDetection.class)
class ScenarioTests {

	private static final boolean LONG = "long".equals(System.getProperty("holdfast.scenario"));

	private static final int CONNECTIONS = Integer.getInteger("holdfast.scenario.connections", LONG ? 15_000 : 300);

	private static final int SECONDS = Integer.getInteger("holdfast.scenario.seconds", LONG ? 1800 : 6);

	private static final long SEED = Long.getLong("holdfast.scenario.seed",
			ThreadLocalRandom.current().nextInt(1_000_000));

	private static final Duration WARM_UP = Duration.ofSeconds(LONG ? Math.max(SECONDS / 30, 10) : 2);

	private static final Duration CYCLE = Duration.ofSeconds(LONG ? Math.min(SECONDS / 2, 300) : 0);

	private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(LONG ? 15 : 3);

	private static final int MAX_IN_PROCESS = 1_000;

	private static final long MEBIBYTE = 1024 * 1024;

	@Test
	void clientsWhenGoodAmongBadOnesAreAnsweredAndNothingIsLeft() throws Exception {
		run(false, WARM_UP, Duration.ZERO, new ArrayList<>());
		LeakDetection.collect();
		long heap = usedHeap();
		long direct = PlatformDependent.usedDirectMemory();
		List<Long> heaps = new ArrayList<>();
		ScenarioLatencies latencies = run(true, Duration.ofSeconds(SECONDS), CYCLE, heaps);
		LeakDetection.collect();
		assertThat(usedHeap()).as(description()).isLessThan(heap + heap / 20 + 2 * MEBIBYTE);
		assertThat(PlatformDependent.usedDirectMemory()).as(description()).isLessThan(direct + 32 * MEBIBYTE);
		if (LONG) {
			check(latencies, heaps);
		}
	}

	private static void check(ScenarioLatencies latencies, List<Long> heaps) {
		List<Long> settled = heaps.subList(heaps.size() / 4, heaps.size());
		double average = settled.stream().mapToLong(Long::longValue).average().orElseThrow();
		double growth = slope(settled) * settled.size();
		System.out.println("p99 of good clients: %d us alone, %d us among others".formatted(latencies.aloneMicros(),
				latencies.mixedMicros()));
		System.out.println(
				"Heap after collection: %s MiB, growth in the last three quarters: %.1f MiB".formatted(heaps, growth));
		assertThat(growth).as(description()).isLessThan(average / 20 + 2);
		assertThat(latencies.aloneMicros()).isPositive();
		assertThat(latencies.mixedMicros()).as(description()).isLessThanOrEqualTo(2 * latencies.aloneMicros());
	}

	/**
	 * Return the slope of the line that fits values best.
	 * @param values the values
	 * @return the growth from one to the next
	 */
	private static double slope(List<Long> values) {
		double middle = (values.size() - 1) / 2.0;
		double up = IntStream.range(0, values.size()).mapToDouble((i) -> (i - middle) * values.get(i)).sum();
		return up / IntStream.range(0, values.size()).mapToDouble((i) -> (i - middle) * (i - middle)).sum();
	}

	private static ScenarioLatencies run(boolean bad, Duration duration, Duration cycle, List<Long> heaps)
			throws Exception {
		try (ScenarioServers servers = new ScenarioServers(FRAME_TIMEOUT)) {
			Thread sampler = sampler(servers, heaps);
			ScenarioLatencies latencies = (CONNECTIONS <= MAX_IN_PROCESS) ? run(servers, bad, duration, cycle)
					: fork(servers, bad, duration, cycle);
			sampler.interrupt();
			sampler.join();
			assertThat(servers.received()).as(description()).isGreaterThan(CONNECTIONS);
			return latencies;
		}
	}

	private static ScenarioLatencies run(ScenarioServers servers, boolean bad, Duration duration, Duration cycle) {
		ScenarioClients clients = new ScenarioClients(servers.ports(), SEED, CONNECTIONS, bad);
		clients.run(duration, cycle, servers::compare);
		check(servers, clients.failures());
		return clients.latencies();
	}

	private static ScenarioLatencies fork(ScenarioServers servers, boolean bad, Duration duration, Duration cycle)
			throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-cp",
						System.getProperty("java.class.path"), ScenarioClients.class.getName()));
		IntStream.of(servers.ports()).mapToObj(String::valueOf).forEach(command::add);
		command.addAll(List.of(String.valueOf(SEED), String.valueOf(CONNECTIONS), String.valueOf(bad),
				String.valueOf(duration.toSeconds()), String.valueOf(cycle.toSeconds())));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader reader = process.inputReader()) {
			List<String> others = new ArrayList<>();
			reader.lines().forEach((line) -> take(servers, line, others));
			check(servers, values(others, "failure="));
			return ScenarioLatencies.parse(values(others, "latencies=").get(0));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static void take(ScenarioServers servers, String line, List<String> others) {
		if (line.startsWith("result=")) {
			servers.compare(ScenarioResult.parse(line.substring("result=".length())));
		}
		else {
			others.add(line);
		}
	}

	private static List<String> values(List<String> lines, String start) {
		return lines.stream()
			.filter((line) -> line.startsWith(start))
			.map((line) -> line.substring(start.length()))
			.toList();
	}

	private static void check(ScenarioServers servers, List<String> failures) {
		assertThat(failures).as("%s, closed %s", description(), servers.closed()).isEmpty();
		try {
			servers.check();
		}
		catch (AssertionError ex) {
			throw new AssertionError(description(), ex);
		}
	}

	private static Thread sampler(ScenarioServers servers, List<Long> heaps) {
		Thread thread = new Thread(() -> {
			try {
				while (LONG) {
					Thread.sleep(Math.min(SECONDS * 50, 60_000));
					if (servers.active() > CONNECTIONS * 0.9) {
						heaps.add(usedHeap() / MEBIBYTE);
					}
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static long usedHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static String description() {
		return "-Dholdfast.scenario.seed=%d with %d connections".formatted(SEED, CONNECTIONS);
	}

}
