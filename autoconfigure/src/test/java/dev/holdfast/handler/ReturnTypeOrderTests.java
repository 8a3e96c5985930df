package dev.holdfast.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.holdfast.autoconfigure.SocketServerAutoConfiguration;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order of replies of each type that a handler may return.
 */
class ReturnTypeOrderTests {

	private static final int REQUESTS = 10_000;

	private static final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);

	@AfterAll
	static void stopScheduler() {
		scheduler.shutdownNow();
	}

	@ParameterizedTest
	@CsvSource({ "string,1", "optional,1", "scalar,1", "mono,1", "mono,8", "delayedMono,1", "delayedMono,8", "future,1",
			"future,8", "stage,4", "flux,1", "flux,4", "blocking,1", "blocking,4", "blockingMono,2", "mixed,1",
			"mixed,4" })
	void replyWhenHandlersEndAtRandomTimesKeepsOrder(String route, int concurrency) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketServerAutoConfiguration.class))
			.withUserConfiguration(HandlerConfiguration.class)
			.withPropertyValues("holdfast.servers.types.port=0", "holdfast.servers.types.host=127.0.0.1",
					"holdfast.servers.types.route.delimiter=\\x20", "holdfast.servers.types.concurrency=" + concurrency)
			.run((context) -> {
				int port = context.getEnvironment().getRequiredProperty("local.holdfast.types.port", int.class);
				List<String> expected = new ArrayList<>();
				try (SocketTestClient client = SocketTestClient.connect(port)) {
					Thread sender = new Thread(() -> send(client, route));
					sender.start();
					List<String> received = new ArrayList<>();
					for (int i = 0; i < REQUESTS; i++) {
						expected.add(route + " " + i);
						received.add(client.receive(Duration.ofSeconds(20)));
					}
					assertThat(received).isEqualTo(expected);
					sender.join();
				}
			});
	}

	private static void send(SocketTestClient client, String route) {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < REQUESTS; i++) {
			lines.append(route).append(' ').append(i).append('\n');
		}
		client.sendRaw(lines.toString().getBytes());
	}

	@Configuration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		TypesHandler typesHandler() {
			return new TypesHandler();
		}

	}

	@SocketController("types")
	static class TypesHandler {

		@OnMessage("string")
		String string(String line) {
			return line;
		}

		@OnMessage("optional")
		Optional<String> optional(String line) {
			return Optional.of(line);
		}

		@OnMessage("scalar")
		Mono<String> scalar(String line) {
			return Mono.just(line);
		}

		@OnMessage("mono")
		Mono<String> mono(String line) {
			return Mono.just(line).publishOn(Schedulers.parallel());
		}

		@OnMessage("delayedMono")
		Mono<String> delayedMono(String line) {
			return Mono.fromFuture(later(line));
		}

		@OnMessage("future")
		CompletableFuture<String> future(String line) {
			return later(line);
		}

		@OnMessage("stage")
		CompletionStage<String> stage(String line) {
			return later(line).minimalCompletionStage();
		}

		@OnMessage("flux")
		Flux<String> flux(String line) {
			return Flux.just(line).publishOn(Schedulers.parallel());
		}

		@Blocking
		@OnMessage("blocking")
		String blocking(String line) {
			Thread.onSpinWait();
			return line;
		}

		@Blocking
		@OnMessage("blockingMono")
		Mono<String> blockingMono(String line) {
			return mono(line);
		}

		@OnMessage("mixed")
		Object mixed(String line) {
			return switch (ThreadLocalRandom.current().nextInt(4)) {
				case 0 -> line;
				case 1 -> Mono.just(line);
				case 2 -> later(line);
				default -> mono(line);
			};
		}

		private CompletableFuture<String> later(String line) {
			CompletableFuture<String> future = new CompletableFuture<>();
			long micros = ThreadLocalRandom.current().nextLong(100);
			scheduler.schedule(() -> future.complete(line), micros, TimeUnit.MICROSECONDS);
			return future;
		}

	}

}
