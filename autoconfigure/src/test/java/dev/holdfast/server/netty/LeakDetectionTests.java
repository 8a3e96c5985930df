package dev.holdfast.server.netty;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class LeakDetectionTests {

	@Test
	void afterAllWhenBufferIsLostFails() {
		LeakDetection detection = new LeakDetection();
		detection.beforeAll(null);
		lose();
		await().until(() -> {
			LeakDetection.collect();
			return !detection.leaks().isEmpty();
		});
		assertThat(detection.leaks()).allMatch((leak) -> leak.contains("LEAK"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> detection.afterAll(null));
	}

	private static void lose() {
		ByteBufAllocator.DEFAULT.directBuffer(100).writeZero(10);
	}

}
