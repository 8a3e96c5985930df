package dev.holdfast.autoconfigure;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import dev.holdfast.capacity.CapacityEstimator;
import dev.holdfast.capacity.CapacityLog;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServers;
import dev.holdfast.server.context.SocketServerStartedEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link CapacityLogListener}.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class CapacityLogListenerTests {

	private final SocketServer server = mock(SocketServer.class);

	private final AtomicReference<Thread> reporter = new AtomicReference<>();

	private final CountDownLatch release = new CountDownLatch(1);

	private final CapacityLogListener listener = new CapacityLogListener(
			new CapacityLog(new CapacityEstimator(new SocketServers(List.of(this.server)), 0)));

	@BeforeEach
	void failWhenReleased() {
		given(this.server.name()).willReturn("echo");
		given(this.server.address()).willReturn(new InetSocketAddress("127.0.0.1", 9000));
		given(this.server.statistics()).willAnswer((invocation) -> {
			this.reporter.set(Thread.currentThread());
			this.release.await();
			throw new IllegalStateException("Nothing to read");
		});
	}

	@AfterEach
	void destroy() throws InterruptedException {
		this.release.countDown();
		this.listener.destroy();
	}

	@Test
	void startedWhenReportTakesLongDoesNotWait() {
		start();
		Thread thread = awaitReporter();
		assertThat(thread).isNotSameAs(Thread.currentThread());
		assertThat(thread.isDaemon()).isTrue();
	}

	@Test
	void startedWhenReportFailsLogsWarning(CapturedOutput output) {
		this.release.countDown();
		start();
		Awaitility.await()
			.untilAsserted(() -> assertThat(output).contains("The capacity of server 'echo' cannot be estimated")
				.contains("Nothing to read"));
	}

	@Test
	void startedWhenReportIsDoneEndsThread() throws InterruptedException {
		start();
		Thread thread = awaitReporter();
		this.release.countDown();
		thread.join(20_000);
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void destroyWhenReportsWaitDropsThem(CapturedOutput output) throws InterruptedException {
		start();
		start();
		Thread thread = awaitReporter();
		Thread end = new Thread(this::destroyQuietly);
		end.start();
		Awaitility.await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
		this.release.countDown();
		end.join();
		thread.join(20_000);
		assertThat(output.getAll().split("cannot be estimated", -1)).hasSize(2);
	}

	@Test
	void startedWhenServerNoLongerListensMakesNoReport() {
		given(this.server.address()).willReturn(null, new InetSocketAddress("127.0.0.1", 9000));
		start();
		start();
		awaitReporter();
		then(this.server).should().statistics();
	}

	private void start() {
		this.listener.onApplicationEvent(new SocketServerStartedEvent(mock(ApplicationContext.class), this.server));
	}

	private Thread awaitReporter() {
		Awaitility.await().until(() -> this.reporter.get() != null);
		return this.reporter.get();
	}

	private void destroyQuietly() {
		try {
			this.listener.destroy();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
