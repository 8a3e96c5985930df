package dev.holdfast.sample.world;

import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnswerGathering}.
 */
class AnswerGatheringTests {

	private final CallerLoops loops = new CallerLoops();

	private final EmbeddedChannel channel = new EmbeddedChannel(new AnswerGathering(this.loops));

	@BeforeEach
	void freezeTime() {
		this.channel.freezeTime();
	}

	@AfterEach
	void finish() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void readCompleteWhenManyQueriesArePendingPausesForAMoment() {
		handleOnLoop();
		ask(AnswerGathering.LEAST_PENDING);
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(this.channel.config().isAutoRead()).isFalse();
		this.channel.advanceTimeBy(AnswerGathering.PAUSE_MICROS, TimeUnit.MICROSECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	@Test
	void readCompleteWhenFewQueriesArePendingGoesOnReading() {
		handleOnLoop();
		ask(AnswerGathering.LEAST_PENDING - 1);
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	@Test
	void readCompleteWhenQueriesWereAnsweredGoesOnReading() {
		handleOnLoop();
		ask(AnswerGathering.LEAST_PENDING).complete();
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	@Test
	void readCompleteWhenThreadRunsNoHandlersGoesOnReading() {
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	private void handleOnLoop() {
		this.loops.customize(this.channel.pipeline());
	}

	private Promise<Void> ask(int count) {
		Promise<Void> answer = Promise.promise();
		CallerLoop loop = this.loops.current();
		assertThat(loop).isNotNull();
		for (int i = 0; i < count; i++) {
			loop.count(answer.future());
		}
		return answer;
	}

}
