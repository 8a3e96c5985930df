package dev.holdfast.server.netty;

import java.nio.file.Files;
import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.status.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import dev.holdfast.connection.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A log that nothing can be written to, because its disk is full.
 */
@ExtendWith(LeakDetection.class)
class FullDiskTests {

	private static final Path FULL = Path.of("/dev/full");

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.holdfast");

	private final Level level = this.logger.getLevel();

	private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

	@BeforeEach
	void fillDisk() {
		assumeThat(FULL).matches(Files::exists, "exists");
		LoggerContext context = this.logger.getLoggerContext();
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setContext(context);
		encoder.setPattern("%message%n%ex");
		encoder.start();
		this.appender.setContext(context);
		this.appender.setFile(FULL.toString());
		this.appender.setEncoder(encoder);
		this.appender.start();
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void restore() {
		this.logger.detachAppender(this.appender);
		this.logger.setAdditive(true);
		this.logger.setLevel(this.level);
		this.appender.stop();
	}

	@Test
	void requestsWhenDiskOfLogIsFullAreAnswered() throws Exception {
		try (TestServer server = TestServer.with(new HandlerFaultTests.FaultyController())
			.listener(new ConnectionLog())
			.start()) {
			for (int i = 0; i < 50; i++) {
				try (TestClient client = server.connect()) {
					assertThat(client.send("memory\nafter " + i + '\n').line()).isEqualTo("after " + i);
				}
			}
			await().until(() -> server.closed(CloseReason.CLIENT) == 50);
			assertThat(server.statistics().messages().failed()).isEqualTo(50);
			assertThat(server.active()).isZero();
			assertThat(this.logger.getLoggerContext().getStatusManager().getCopyOfStatusList())
				.anyMatch((status) -> status.getEffectiveLevel() == Status.ERROR
						&& String.valueOf(status.getThrowable()).contains("No space left"));
		}
	}

}
