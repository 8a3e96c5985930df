package dev.holdfast.handler;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureLogTests {

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1000);

	private final FailureLog log = new FailureLog(this.nanoTime::get);

	private HandlerCall first;

	private HandlerCall second;

	@BeforeEach
	void prepare() throws NoSuchMethodException {
		this.first = call("length");
		this.second = call("isEmpty");
	}

	private static HandlerCall call(String method) throws NoSuchMethodException {
		return new HandlerCall(new HandlerMethod("x", String.class.getMethod(method)), new Argument[0],
				(result) -> result, BlockingMode.EVENT_LOOP);
	}

	@Test
	void failedWhenRepeatedWithinMinuteLogsOnce(CapturedOutput output) {
		this.log.failed("echo", this.first, new IOException("one"));
		this.nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(60) - 1);
		this.log.failed("echo", this.first, new IOException("two"));
		assertThat(output).contains("Handling on server 'echo' failed in String.length")
			.contains("java.io.IOException: one")
			.doesNotContain("java.io.IOException: two");
	}

	@Test
	void failedWhenRepeatedAfterMinuteLogsAgain(CapturedOutput output) {
		this.log.failed("echo", this.first, new IOException("one"));
		this.nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(60));
		this.log.failed("echo", this.first, new IOException("two"));
		assertThat(output).contains("java.io.IOException: one").contains("java.io.IOException: two");
	}

	@Test
	void handledWhenRepeatedWithinMinuteLogsOneLine(CapturedOutput output) {
		this.log.handled("echo", this.first, new IOException("one\ntwo"), this.second);
		this.log.handled("echo", this.first, new IOException("three"), this.second);
		assertThat(output).contains("Handling on server 'echo' failed in String.length, which String.isEmpty handles: ")
			.contains("one\\u000atwo")
			.doesNotContain("\tat ", "three");
	}

	@Test
	void failedWhenTypeOrMethodDiffersLogsEach(CapturedOutput output) {
		this.log.failed("echo", this.first, new IOException("one"));
		this.log.failed("echo", this.first, new IllegalStateException("two"));
		this.log.failed("echo", this.second, new IOException("three"));
		this.log.failed("echo", null, new IOException("four"));
		assertThat(output).contains(": one", ": two", ": three", ": four", "failed in no method");
	}

}
