package dev.holdfast.benchmarks.load;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FramePattern}.
 */
class FramePatternTests {

	private final FramePattern pattern = new FramePattern(24);

	private String decoded(int connection, int sequence) {
		ByteBuf request = Unpooled.buffer();
		this.pattern.write(request, connection, sequence);
		assertThat(request.readableBytes()).isEqualTo(this.pattern.requestLength());
		EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameDecoder(true, false, 1024));
		server.writeInbound(request);
		TextWebSocketFrame frame = server.readInbound();
		String text = frame.text();
		frame.release();
		return text;
	}

	private static ByteBuf reply(String text) {
		EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
		server.writeOutbound(new TextWebSocketFrame(text));
		ByteBuf encoded = server.readOutbound();
		ByteBuf reply = Unpooled.copiedBuffer(encoded);
		encoded.release();
		return reply;
	}

	@Test
	void writeWhenDecodedIsTextWithConnectionAndSequence() {
		assertThat(decoded(1, 0x2B)).isEqualTo("AAAAAAABAAAAAACLxxxxxxxx");
	}

	@Test
	void matchesWhenReplyIsTheTextReturnsTrue() {
		ByteBuf reply = reply(decoded(7, 8));
		assertThat(reply.readableBytes()).isEqualTo(this.pattern.replyLength());
		assertThat(this.pattern.matches(reply, 0, 7, 8)).isTrue();
		assertThat(this.pattern.matches(reply, 0, 7, 9)).isFalse();
		assertThat(this.pattern.matchesWholly(reply, 0, 7, 8)).isTrue();
	}

	@Test
	void matchesWhollyWhenAnyByteDiffersReturnsFalse() {
		ByteBuf reply = reply(decoded(7, 8).replace("xxxxx", "xxyxx"));
		assertThat(reply.toString(StandardCharsets.US_ASCII)).contains("y");
		assertThat(this.pattern.matchesWholly(reply, 0, 7, 8)).isFalse();
	}

	@Test
	void newFramePatternWhenSizeIsNoMultipleOfEightThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new FramePattern(30));
	}

}
