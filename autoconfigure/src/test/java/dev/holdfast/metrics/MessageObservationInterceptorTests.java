package dev.holdfast.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.holdfast.autoconfigure.SocketObservationAutoConfiguration;
import dev.holdfast.autoconfigure.SocketServerAutoConfiguration;
import dev.holdfast.connection.ConnectionClosedException;
import dev.holdfast.handler.Blocking;
import dev.holdfast.handler.OnError;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MessageObservationInterceptor}.
 */
class MessageObservationInterceptorTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ObservedHandler handler = new ObservedHandler(this.registry, new CopyOnWriteArrayList<>());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketServerAutoConfiguration.class, SocketObservationAutoConfiguration.class))
		.withBean("registry", TestObservationRegistry.class, () -> this.registry)
		.withBean("handler", ObservedHandler.class, () -> this.handler)
		.withPropertyValues("holdfast.servers.observed.port=0", "holdfast.servers.observed.host=127.0.0.1",
				"holdfast.servers.observed.route.delimiter=\\x20", "holdfast.observations.enabled=true",
				"holdfast.event-loops=1", "holdfast.servers.plain.port=0", "holdfast.servers.plain.host=127.0.0.1");

	@BeforeEach
	void clear() {
		this.registry.clear();
	}

	@ParameterizedTest
	@CsvSource({ "sync x,sync", "mono x,mono", "blocking x,blocking", "stranger x,unknown" })
	void messageWhenHandledIsObservedWithServerAndRoute(String message, String route) {
		run((client) -> {
			client.send(message);
			client.expect(message);
			awaitStopped(1);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasNameEqualTo("holdfast.message")
				.hasLowCardinalityKeyValue("server", "observed")
				.hasLowCardinalityKeyValue("route", route)
				.hasBeenStarted()
				.hasBeenStopped()
				.doesNotHaveError();
		});
		assertThat(this.handler.current()).hasSize(1).doesNotContainNull();
	}

	@Test
	void messageWhenServerHasNoRoutesIsObservedWithoutOne() {
		run("plain", (client) -> {
			client.send("sync x");
			client.expect("sync x");
			awaitStopped(1);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasLowCardinalityKeyValue("server", "plain")
				.hasLowCardinalityKeyValue("route", "none");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "fail", "failMono", "failBlocking" })
	void messageWhenItFailsHasError(String route) {
		run((client) -> {
			client.send(route + " x");
			client.expect("sorry");
			awaitStopped(1);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasBeenStopped()
				.assertThatError()
				.hasMessage("on purpose");
		});
	}

	@Test
	void scopeWhenMethodHasReturnedIsClosedOnItsThread() {
		run((client) -> {
			client.send("mono 1");
			client.expect("mono 1");
			client.send("scope x");
			client.expect("mine");
			assertThat(this.registry.getCurrentObservation()).isNull();
		});
	}

	@Test
	void messageWhenConnectionClosesIsStoppedWithError() {
		run((client) -> {
			client.send("never x");
			await().until(() -> this.handler.current().size() == 1);
			client.reset();
			awaitStopped(1);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.assertThatError()
				.isInstanceOf(ConnectionClosedException.class);
		});
	}

	private void awaitStopped(int count) {
		await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsEqualTo(count)
			.hasSingleObservationThat()
			.hasBeenStopped());
	}

	private void run(Consumer<SocketTestClient> test) {
		run("observed", test);
	}

	private void run(String server, Consumer<SocketTestClient> test) {
		ContextConsumer<AssertableApplicationContext> consumer = (context) -> {
			int port = context.getEnvironment()
				.getRequiredProperty("local.holdfast.%s.port".formatted(server), int.class);
			try (SocketTestClient client = SocketTestClient.connect(port)) {
				test.accept(client);
			}
		};
		this.contextRunner.run(consumer);
	}

	@SocketController
	record ObservedHandler(TestObservationRegistry registry, List<Observation> current) {

		@OnMessage
		String other(String line) {
			return sync(line);
		}

		@OnMessage("sync")
		String sync(String line) {
			Observation observation = this.registry.getCurrentObservation();
			if (observation != null) {
				this.current.add(observation);
			}
			return line;
		}

		@OnMessage("mono")
		Mono<String> mono(String line) {
			return Mono.just(sync(line)).publishOn(Schedulers.parallel());
		}

		@Blocking
		@OnMessage("blocking")
		String blocking(String line) {
			return sync(line);
		}

		@OnMessage("scope")
		String scope(String line) {
			Observation observation = this.registry.getCurrentObservation();
			boolean mine = observation != null
					&& observation.getContext().getLowCardinalityKeyValue("route").getValue().equals("scope")
					&& observation.getContext().getParentObservation() == null;
			return mine ? "mine" : "not mine";
		}

		@OnMessage("never")
		Mono<String> never(String line) {
			sync(line);
			return Mono.never();
		}

		@OnMessage("fail")
		String fail() {
			throw new IllegalStateException("on purpose");
		}

		@OnMessage("failMono")
		Mono<String> failMono() {
			return Mono.<String>error(new IllegalStateException("on purpose")).publishOn(Schedulers.parallel());
		}

		@Blocking
		@OnMessage("failBlocking")
		String failBlocking() {
			return fail();
		}

		@OnError
		String sorry(IllegalStateException ex) {
			return "sorry";
		}

	}

}
