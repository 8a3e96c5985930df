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

	private static final Duration DURATION = Duration
		.ofSeconds(Integer.getInteger("holdfast.scenario.seconds", LONG ? 1800 : 6));

	private static final long SEED = Long.getLong("holdfast.scenario.seed",
			ThreadLocalRandom.current().nextInt(1_000_000));

	private static final int MAX_IN_PROCESS = 7_000;

	private static final long MEBIBYTE = 1024 * 1024;

	@Test
	void clientsWhenGoodAmongBadOnesAreAnsweredAndNothingIsLeft() throws Exception {
		long good = run(false, Duration.ofSeconds(LONG ? DURATION.toSeconds() / 6 : 2), new ArrayList<>());
		long heap = usedHeap();
		long direct = PlatformDependent.usedDirectMemory();
		List<Long> heaps = new ArrayList<>();
		long mixed = run(true, DURATION, heaps);
		assertThat(usedHeap()).as(description()).isLessThan(heap + heap / 20 + 2 * MEBIBYTE);
		assertThat(PlatformDependent.usedDirectMemory()).as(description()).isLessThan(direct + 16 * MEBIBYTE);
		if (LONG) {
			System.out.println("p99 of good clients: %d us alone, %d us among others; heap after collection: %s MiB"
				.formatted(good, mixed, heaps));
			assertNoGrowth(heaps);
		}
	}

	private static long run(boolean bad, Duration duration, List<Long> heaps) throws Exception {
		try (ScenarioServers servers = new ScenarioServers()) {
			Thread sampler = sampler(heaps, duration);
			long p99 = (CONNECTIONS <= MAX_IN_PROCESS) ? run(servers, bad, duration) : fork(servers, bad, duration);
			sampler.interrupt();
			sampler.join();
			assertThat(servers.received()).as(description()).isGreaterThan(CONNECTIONS);
			return p99;
		}
	}

	private static long run(ScenarioServers servers, boolean bad, Duration duration) {
		ScenarioClients clients = new ScenarioClients(servers.ports(), SEED, CONNECTIONS, bad);
		clients.run(duration);
		check(servers, clients.failures(), clients.results());
		return clients.p99Micros();
	}

	private static long fork(ScenarioServers servers, boolean bad, Duration duration) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-cp",
						System.getProperty("java.class.path"), ScenarioClients.class.getName()));
		IntStream.of(servers.ports()).mapToObj(String::valueOf).forEach(command::add);
		command.addAll(List.of(String.valueOf(SEED), String.valueOf(CONNECTIONS), String.valueOf(bad),
				String.valueOf(duration.toSeconds())));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (BufferedReader reader = process.inputReader()) {
			List<String> lines = reader.lines().toList();
			check(servers, values(lines, "failure="),
					values(lines, "result=").stream().map(ScenarioResult::parse).toList());
			return Long.parseLong(values(lines, "p99=").get(0));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static List<String> values(List<String> lines, String start) {
		return lines.stream()
			.filter((line) -> line.startsWith(start))
			.map((line) -> line.substring(start.length()))
			.toList();
	}

	private static void check(ScenarioServers servers, List<String> failures, List<ScenarioResult> results) {
		assertThat(failures).as(description()).isEmpty();
		assertThat(results).as(description()).isNotEmpty();
		try {
			servers.check(results);
		}
		catch (AssertionError ex) {
			throw new AssertionError(description(), ex);
		}
	}

	private static Thread sampler(List<Long> heaps, Duration duration) {
		Thread thread = new Thread(() -> {
			try {
				while (LONG) {
					Thread.sleep(Math.min(duration.toMillis() / 10, 60_000));
					heaps.add(usedHeap() / MEBIBYTE);
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

	private static void assertNoGrowth(List<Long> heaps) {
		int third = heaps.size() / 3;
		double early = average(heaps.subList(third, 2 * third));
		double late = average(heaps.subList(heaps.size() - third, heaps.size()));
		assertThat(late).as("%s of %s", heaps, description()).isLessThan(early * 1.15 + 5);
	}

	private static double average(List<Long> values) {
		return values.stream().mapToLong(Long::longValue).average().orElse(0);
	}

	private static long usedHeap() {
		LeakDetection.collect();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static String description() {
		return "-Dholdfast.scenario.seed=%d with %d connections".formatted(SEED, CONNECTIONS);
	}

}
