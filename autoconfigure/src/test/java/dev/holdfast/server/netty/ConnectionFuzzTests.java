package dev.holdfast.server.netty;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import reactor.core.publisher.Mono;

import dev.holdfast.codec.FuzzRuns;
import dev.holdfast.codec.LengthField;
import dev.holdfast.codec.LengthFieldFraming;
import dev.holdfast.codec.LineFraming;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;
import dev.holdfast.limit.Network;
import dev.holdfast.server.ProxyProtocol;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzz tests of whole connections: whatever bytes come, and however they are split, the
 * answers and the end are the same, no exception escapes and no buffer is lost. An input
 * is two places to split at and the bytes.
 */
class ConnectionFuzzTests {

	private static final TestServer lines = TestServer.with(new AnswerController())
		.framing(new LineFraming(60))
		.build(0);

	private static final TestServer frames = TestServer.with(new AnswerController())
		.framing(new LengthFieldFraming(new LengthField(0, 2, 0, true, true, ByteOrder.BIG_ENDIAN), 60))
		.build(0);

	private static final TestServer webSocket = TestServer.with(new AnswerController())
		.webSocket(new WebSocketOptionsBuilder().maxLengths(200, 300).build())
		.build(0);

	private static final TestServer upgrade = TestServer.with(new AnswerController())
		.webSocket(new WebSocketOptionsBuilder().subprotocols("upgrade").allowedOrigins("*").build())
		.build(0);

	private static final TestServer compressed = TestServer.with(new AnswerController())
		.webSocket(new WebSocketOptionsBuilder().compression().maxLengths(200, 300).build())
		.build(0);

	private static final TestServer proxied = TestServer.with(new AnswerController())
		.framing(new LineFraming(60))
		.proxy(new ProxyProtocol(false, List.of(Network.parse("0.0.0.0/0"))))
		.build(0);

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void lines(byte[] bytes) {
		check(lines, FuzzRuns.limit(bytes));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void lengthFields(byte[] bytes) {
		check(frames, FuzzRuns.limit(bytes));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void upgrade(byte[] bytes) {
		check(upgrade, FuzzRuns.limit(bytes));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void webSocketFrames(byte[] bytes) {
		check(webSocket, FuzzRuns.limit(bytes));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void compressedFrames(byte[] bytes) {
		check(compressed, FuzzRuns.limit(bytes));
	}

	@FuzzTest(maxDuration = FuzzRuns.MAX_DURATION, maxExecutions = FuzzRuns.INPUTS)
	void proxyHeader(byte[] bytes) {
		check(proxied, FuzzRuns.limit(bytes));
	}

	private static void check(TestServer server, byte[] input) {
		if (input.length > 2) {
			byte[] bytes = Arrays.copyOfRange(input, 2, input.length);
			int one = (input[0] & 0xFF) % (input.length - 1);
			int two = (input[1] & 0xFF) % (input.length - 1);
			EmbeddedConnection.Outcome whole = EmbeddedConnection.run(server, bytes);
			EmbeddedConnection.Outcome split = EmbeddedConnection.run(server, bytes, Math.min(one, two),
					Math.max(one, two));
			if (!split.equals(whole)) {
				assertThat(split).isEqualTo(whole);
			}
		}
	}

	/**
	 * Answers at once, with an error, or never.
	 */
	@SocketController
	static class AnswerController {

		@OnMessage
		Object answer(String message) {
			if (message.isEmpty()) {
				return Mono.empty();
			}
			return switch (message.charAt(0)) {
				case 'e' -> Mono.error(new IllegalStateException());
				case 'n' -> Mono.never();
				default -> (message.indexOf('\n') >= 0) ? "lines" : message;
			};
		}

	}

}
