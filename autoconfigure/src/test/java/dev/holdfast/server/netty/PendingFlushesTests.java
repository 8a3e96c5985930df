package dev.holdfast.server.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PendingFlushes}, with a clock that stands still.
 */
@ExtendWith(LeakDetection.class)
class PendingFlushesTests {

	private final LaterController controller = new LaterController();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private TestServer server;

	@BeforeEach
	void connect() {
		this.server = TestServer.with(this.controller).build(0);
		this.channel.freezeTime();
		ConnectionLoop loop = new ConnectionLoop(this.channel.eventLoop(), 0, "n");
		FramedConnection connection = new FramedConnection(this.channel,
				new ServerLoop(loop, (NettySocketServer) this.server.server()));
		loop.register(connection);
		this.channel.pipeline().addLast(connection);
		this.channel.pipeline().fireChannelActive();
	}

	@AfterEach
	void disconnect() throws Exception {
		this.channel.finishAndReleaseAll();
		this.server.close();
	}

	@Test
	void runWhenNoHandlerIsBusyWritesAtOnce() {
		receive("a\n");
		complete();
		assertThat(sent()).isEqualTo("a\n");
	}

	@Test
	void runWhenNextHandlerEndsSoonWritesBothRepliesTogether() {
		receive("a\nb\n");
		complete();
		assertThat(sent()).isEmpty();
		complete();
		assertThat(sent()).isEqualTo("a\nb\n");
	}

	@Test
	void runWhenNextHandlerTakesLongWritesAfterAMoment() {
		receive("a\nb\n");
		complete();
		this.channel.advanceTimeBy(2, TimeUnit.MILLISECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(sent()).isEqualTo("a\n");
	}

	@Test
	void runWhenHoldingSavedNothingWritesTheNextRepliesAtOnce() {
		receive("a\nb\nc\n");
		complete();
		this.channel.advanceTimeBy(2, TimeUnit.MILLISECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(sent()).isEqualTo("a\n");
		complete();
		assertThat(sent()).isEqualTo("b\n");
	}

	@Test
	void runWhenHoldingSavedWritesHoldsAgain() {
		receive("a\nb\nc\nd\n");
		complete();
		complete();
		complete();
		this.channel.advanceTimeBy(2, TimeUnit.MILLISECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(sent()).isEqualTo("a\nb\nc\n");
		receive("e\n");
		complete();
		assertThat(sent()).isEmpty();
	}

	private void receive(String lines) {
		this.channel.writeInbound(Unpooled.copiedBuffer(lines, StandardCharsets.UTF_8));
		this.channel.runPendingTasks();
	}

	private void complete() {
		this.controller.complete();
		this.channel.runPendingTasks();
	}

	private String sent() {
		StringBuilder sent = new StringBuilder();
		for (ByteBuf out = this.channel.readOutbound(); out != null; out = this.channel.readOutbound()) {
			sent.append(out.toString(StandardCharsets.UTF_8));
			out.release();
		}
		return sent.toString();
	}

	/**
	 * Answers lines when it is told to.
	 */
	@SocketController
	static class LaterController {

		private final Queue<Runnable> replies = new ArrayDeque<>();

		@OnMessage
		Mono<String> echo(String line) {
			Sinks.One<String> reply = Sinks.one();
			this.replies.add(() -> reply.tryEmitValue(line));
			return reply.asMono();
		}

		void complete() {
			this.replies.remove().run();
		}

	}

}
