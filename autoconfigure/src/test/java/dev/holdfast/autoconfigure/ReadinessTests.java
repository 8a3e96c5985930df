package dev.holdfast.autoconfigure;

import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.holdfast.actuate.SocketsHealthIndicator;
import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.Blocking;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for readiness and health while an application stops.
 */
class ReadinessTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ApplicationAvailabilityAutoConfiguration.class,
				SocketServerAutoConfiguration.class, SocketHealthAutoConfiguration.class))
		.withPropertyValues("holdfast.servers.echo.port=0", "holdfast.servers.echo.host=127.0.0.1");

	@Test
	void closeWhenConnectionDrainsRefusesReadinessAndIsOutOfService() {
		CountDownLatch ended = new CountDownLatch(1);
		this.runner.withBean(WaitingHandler.class, () -> new WaitingHandler(ended)).run((context) -> {
			ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
			SocketsHealthIndicator health = context.getBean(SocketsHealthIndicator.class);
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			try (SocketTestClient client = SocketTestClient
				.connect(context.getEnvironment().getRequiredProperty("local.holdfast.echo.port", int.class))) {
				client.send("wait");
				client.expect("waiting");
				Thread closing = new Thread(context.getSourceApplicationContext()::close);
				closing.start();
				await().until(() -> health.health().getStatus() == Status.OUT_OF_SERVICE);
				assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
				assertThat(health.health().getDetails()).containsEntry("echo", "DRAINING");
				ended.countDown();
				client.expect("done");
				closing.join(30_000);
				assertThat(closing.isAlive()).isFalse();
			}
		});
	}

	@SocketController
	static class WaitingHandler {

		private final CountDownLatch ended;

		WaitingHandler(CountDownLatch ended) {
			this.ended = ended;
		}

		@OnMessage
		@Blocking
		String message(SocketConnection connection, String line) throws InterruptedException {
			connection.send("waiting");
			this.ended.await();
			return "done";
		}

	}

}
