package dev.holdfast.server.netty;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Good clients among slow, half-open, resetting, flooding and other bad ones, over three
 * transports: 6 s with 300 connections, or with {@code -Dholdfast.scenario=long} 30
 * minutes with 15,000 and lines in {@code target/scenario-progress.txt}.
 * {@code holdfast.scenario.seconds}, {@code .connections} and {@code .seed} change that;
 * a failure names the seed that repeats the choices.
 */
@ExtendWith(LeakDetection.class)
class ScenarioTests {

	private static final boolean LONG = "long".equals(System.getProperty("holdfast.scenario"));

	private static final int CONNECTIONS = Integer.getInteger("holdfast.scenario.connections", LONG ? 15_000 : 300);

	private static final int SECONDS = Integer.getInteger("holdfast.scenario.seconds", LONG ? 1800 : 6);

	private static final long SEED = Long.getLong("holdfast.scenario.seed",
			ThreadLocalRandom.current().nextInt(1_000_000));

	private static final Duration WARM_UP = Duration.ofSeconds(LONG ? Math.max(SECONDS / 30, 40) : 2);

	private static final Duration CYCLE = Duration.ofSeconds(LONG ? Math.min(SECONDS / 2, 300) : 0);

	private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(LONG ? 15 : 3);

	private static final int MAX_IN_PROCESS = 1_000;

	private static final Duration SAMPLING = Duration.ofMillis(Math.min(SECONDS * 200L, 60_000));

	private final ScenarioProgress progress;

	ScenarioTests() throws IOException {
		this.progress = new ScenarioProgress(
				LONG ? Files.newBufferedWriter(Path.of("target", "scenario-progress.txt")) : Writer.nullWriter());
	}

	@Test
	void clientsWhenGoodAmongBadOnesAreAnsweredAndNothingIsLeft() throws Exception {
		run(ScenarioPart.ONLY_GOOD, WARM_UP, Duration.ZERO, new ArrayList<>());
		LeakDetection.collect();
		long heap = ScenarioProgress.usedHeap();
		long direct = PlatformDependent.usedDirectMemory();
		List<Long> heaps = new ArrayList<>();
		ScenarioLatencies latencies = run(ScenarioPart.MIXED, Duration.ofSeconds(SECONDS), CYCLE, heaps);
		this.progress.write("p99 of good clients in us: %s alone and among others".formatted(latencies));
		LeakDetection.collect();
		this.progress.write("heap %d MiB before and %d MiB after, direct %d and %d".formatted(
				heap / ScenarioProgress.MEBIBYTE, ScenarioProgress.usedHeap() / ScenarioProgress.MEBIBYTE,
				direct / ScenarioProgress.MEBIBYTE, PlatformDependent.usedDirectMemory() / ScenarioProgress.MEBIBYTE));
		assertThat(ScenarioProgress.usedHeap()).as(description())
			.isLessThan(heap + heap / 20 + 2 * ScenarioProgress.MEBIBYTE);
		assertThat(PlatformDependent.usedDirectMemory()).as(description())
			.isLessThan(direct + 32 * ScenarioProgress.MEBIBYTE);
		if (LONG) {
			check(latencies, heaps);
		}
	}

	private void check(ScenarioLatencies latencies, List<Long> heaps) {
		List<Long> settled = heaps.subList(heaps.size() / 4, heaps.size());
		double average = settled.stream().mapToLong(Long::longValue).average().orElseThrow();
		double growth = slope(settled) * settled.size();
		this.progress.write("growth of %s MiB in the last three quarters: %.1f MiB".formatted(heaps, growth));
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

	private ScenarioLatencies run(ScenarioPart part, Duration duration, Duration cycle, List<Long> heaps)
			throws Exception {
		try (ScenarioServers servers = new ScenarioServers(FRAME_TIMEOUT, Duration.ZERO)) {
			Thread sampler = sampler(servers, heaps);
			ScenarioLatencies latencies = (CONNECTIONS <= MAX_IN_PROCESS) ? run(servers, part, duration, cycle)
					: fork(servers, part, duration, cycle);
			sampler.interrupt();
			sampler.join();
			assertThat(servers.received()).as(description()).isGreaterThan(CONNECTIONS);
			return latencies;
		}
	}

	private static ScenarioLatencies run(ScenarioServers servers, ScenarioPart part, Duration duration,
			Duration cycle) {
		ScenarioClients clients = new ScenarioClients(servers.ports(), SEED, CONNECTIONS, part, WARM_UP);
		clients.run(duration, cycle, servers::compare);
		check(servers, clients.failures());
		return clients.latencies();
	}

	private ScenarioLatencies fork(ScenarioServers servers, ScenarioPart part, Duration duration, Duration cycle)
			throws Exception {
		List<String> arguments = Stream
			.of(SEED, CONNECTIONS, WARM_UP.toSeconds(), duration.toSeconds(), cycle.toSeconds())
			.map(String::valueOf)
			.toList();
		boolean mixed = part == ScenarioPart.MIXED;
		try (ScenarioProcess good = new ScenarioProcess(servers, this.progress,
				mixed ? ScenarioPart.GOOD_OF_MIXED : part, arguments);
				ScenarioProcess bad = mixed
						? new ScenarioProcess(servers, this.progress, ScenarioPart.BAD_OF_MIXED, arguments) : good) {
			boolean running = true;
			while (running) {
				running = (good.isRunning() | bad.isRunning()) && good.failures().isEmpty() && bad.failures().isEmpty();
			}
			check(servers, good.failures());
			check(servers, bad.failures());
			return good.latencies();
		}
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

	private Thread sampler(ScenarioServers servers, List<Long> heaps) {
		Thread thread = new Thread(() -> {
			try {
				while (LONG) {
					Thread.sleep(SAMPLING.toMillis());
					boolean full = servers.active() > CONNECTIONS * 0.9;
					long heap = this.progress.collect(servers);
					if (full) {
						heaps.add(heap);
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

	private static String description() {
		return "-Dholdfast.scenario.seed=%d with %d connections".formatted(SEED, CONNECTIONS);
	}

}
