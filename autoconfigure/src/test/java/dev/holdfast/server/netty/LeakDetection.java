package dev.holdfast.server.netty;

import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a test class in which a buffer was lost. Needs the level {@code paranoid}.
 */
final class LeakDetection implements BeforeAllCallback, AfterAllCallback {

	private static final int ROUNDS = 4;

	private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@Override
	public void beforeAll(ExtensionContext context) {
		assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
		collect();
		this.appender.start();
		LOGGER.addAppender(this.appender);
		LOGGER.setAdditive(false);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		try {
			collect();
			assertThat(leaks()).isEmpty();
		}
		finally {
			LOGGER.setAdditive(true);
			LOGGER.detachAppender(this.appender);
		}
	}

	List<String> leaks() {
		return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	static void collect() {
		for (int i = 0; i < ROUNDS; i++) {
			System.gc();
			for (int j = 0; j < 10; j++) {
				ByteBufAllocator.DEFAULT.directBuffer(16).release();
			}
		}
	}

}
