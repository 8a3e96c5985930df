package dev.holdfast.autoconfigure;

import java.time.Duration;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.metrics.EventLoopMetrics;
import dev.holdfast.server.EventLoops;
import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the report of handlers that hold an event loop.
 */
@ExtendWith(OutputCaptureExtension.class)
class WatchdogReportTests {

	private static final Pattern REPORT = Pattern.compile("mark it @Blocking: \\S*SleepyHandler\\.sleep\\(");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketServerAutoConfiguration.class, SocketMetricsAutoConfiguration.class))
		.withBean(SleepyHandler.class)
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("holdfast.servers.sleepy.port=0", "holdfast.servers.sleepy.host=127.0.0.1",
				"holdfast.servers.sleepy.route.delimiter=\\x20", "holdfast.event-loops=1");

	@Test
	void handlerWhenItHoldsLoopIsLoggedOncePerPlaceAndCountedEachTime(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			EventLoops loops = context.getBean(EventLoops.class);
			try (SocketTestClient client = connect(
					context.getEnvironment().getProperty("local.holdfast.sleepy.port"))) {
				for (int i = 1; i <= 3; i++) {
					client.send("sleep 400");
					client.expect("slept");
					assertThat(loops.blocked()).isGreaterThanOrEqualTo(i);
				}
				assertThat(REPORT.matcher(output).results()).hasSize(1);
				assertThat(output).containsPattern("SleepyHandler.sleep\\(WatchdogReportTests.java:\\d+\\)");
				assertThat(output).contains("mark it @Blocking").contains("java.lang.Thread.sleep");
			}
		});
	}

	@Test
	void handlerWhenMessageHadWaitedIsReportedToo(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			try (SocketTestClient client = connect(
					context.getEnvironment().getProperty("local.holdfast.sleepy.port"))) {
				client.send("later x");
				client.send("sleep 400");
				client.expect("later");
				client.expect("slept");
				assertThat(REPORT.matcher(output).results()).hasSize(1);
			}
		});
	}

	@Test
	void handlerWhenCloseHoldsLoopIsReportedToo(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			connect(context.getEnvironment().getProperty("local.holdfast.sleepy.port")).close();
			await().untilAsserted(() -> assertThat(output).contains("SleepyHandler.close("));
		});
	}

	@Test
	void handlerWhenThresholdIsZeroIsNotReported(CapturedOutput output) {
		this.contextRunner.withPropertyValues("holdfast.watchdog.threshold=0").run((context) -> {
			try (SocketTestClient client = connect(
					context.getEnvironment().getProperty("local.holdfast.sleepy.port"))) {
				client.send("sleep 400");
				client.expect("slept");
				assertThat(context.getBean(EventLoops.class).blocked()).isZero();
				assertThat(output).doesNotContain("holds event loop");
			}
		});
	}

	@Test
	void lagWhenLoopWasHeldIsMetered() {
		this.contextRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(EventLoopMetrics.class).bindTo(registry);
			try (SocketTestClient client = connect(
					context.getEnvironment().getProperty("local.holdfast.sleepy.port"))) {
				client.send("sleep 1500");
				client.expect("slept");
				assertThat(registry.get("holdfast.eventloop.blocked").functionCounter().count()).isPositive();
				await().until(() -> registry.get("holdfast.eventloop.lag").timeGauge().value() > 0.5);
			}
		});
	}

	private static SocketTestClient connect(String port) {
		return SocketTestClient.connect(Integer.parseInt(port));
	}

	@SocketController
	static class SleepyHandler {

		@OnMessage("sleep")
		String sleep(String line) throws InterruptedException {
			Thread.sleep(Long.parseLong(line.substring(6)));
			return "slept";
		}

		@OnMessage("later")
		Mono<String> later() {
			return Mono.just("later").delayElement(Duration.ofMillis(100), Schedulers.parallel());
		}

		@OnClose
		void close() throws InterruptedException {
			Thread.sleep(300);
		}

	}

}
