package dev.holdfast.server.netty;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import dev.holdfast.handler.Blocking;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers that return the buffer that they were called with.
 */
@ExtendWith(LeakDetection.class)
class ReturnedPayloadTests {

	@Test
	void replyWhenPayloadIsReturnedLeavesReceivedBytesAlone() throws Exception {
		assertThatEchoes(new Plain());
	}

	@Test
	void replyWhenPayloadIsReturnedInMonoLeavesReceivedBytesAlone() throws Exception {
		assertThatEchoes(new Reactive());
	}

	@Test
	void replyWhenPayloadIsRetainedAndReturnedReleasesIt() throws Exception {
		assertThatEchoes(new Retained());
	}

	@Test
	void replyWhenSliceOfPayloadIsRetainedAndReturnedReleasesIt() throws Exception {
		assertThatEchoes(new RetainedSlice());
	}

	@Test
	void replyWhenCopyOfPayloadIsReturnedReleasesIt() throws Exception {
		assertThatEchoes(new Copied());
	}

	@Test
	void replyWhenPayloadIsReturnedByBlockingMethodLeavesReceivedBytesAlone() throws Exception {
		assertThatEchoes(new Blocked());
	}

	@Test
	void replyWhenPayloadIsRetainedAndReturnedByBlockingMethodReleasesIt() throws Exception {
		assertThatEchoes(new BlockedRetained());
	}

	private static void assertThatEchoes(Object controller) throws Exception {
		String lines = "one\ntwo\nthree\n".repeat(500);
		try (TestServer server = TestServer.with(controller).start(); TestClient client = server.connect()) {
			client.send(lines + "fo");
			client.send("ur\n");
			client.shutdownOutput();
			assertThat(client.readText()).isEqualTo(lines + "four\n");
			assertThat(server.statistics().messages().failed()).isZero();
		}
	}

	@SocketController
	static class Plain {

		@OnMessage
		ByteBuf echo(ByteBuf payload) {
			return payload;
		}

	}

	@SocketController
	static class Reactive {

		@OnMessage
		Mono<ByteBuf> echo(ByteBuf payload) {
			return Mono.just(payload);
		}

	}

	@SocketController
	static class Retained {

		@OnMessage
		ByteBuf echo(ByteBuf payload) {
			return payload.retain();
		}

	}

	@SocketController
	static class RetainedSlice {

		@OnMessage
		ByteBuf echo(ByteBuf payload) {
			return payload.retainedSlice();
		}

	}

	@SocketController
	static class Copied {

		@OnMessage
		ByteBuf echo(ByteBuf payload) {
			return payload.copy();
		}

	}

	@SocketController
	static class Blocked {

		@Blocking
		@OnMessage
		ByteBuf echo(ByteBuf payload) {
			return payload;
		}

	}

	@SocketController
	static class BlockedRetained {

		@Blocking
		@OnMessage
		ByteBuf echo(ByteBuf payload) {
			return payload.retain();
		}

	}

}
