package dev.holdfast.docs.protocols;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import dev.holdfast.codec.Frame;
import dev.holdfast.codec.FramingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StxEtxFraming}.
 */
class StxEtxFramingTests {

	private final StxEtxFraming framing = new StxEtxFraming();

	private final Frame frame = new Frame();

	@Test
	void nextWhenFrameIsCompleteFindsPayload() {
		assertThat(this.framing.next(buffer(2, 'h', 'i', 3, 2), this.frame)).isTrue();
		assertThat(this.frame.offset()).isEqualTo(1);
		assertThat(this.frame.length()).isEqualTo(2);
		assertThat(this.frame.end()).isEqualTo(4);
	}

	@Test
	void nextWhenEndIsMissingScansBytesOnce() {
		assertThat(this.framing.next(buffer(2, 'h', 'i'), this.frame)).isFalse();
		assertThat(this.frame.scanned()).isEqualTo(3);
	}

	@Test
	void nextWhenBeginIsMissingRefuses() {
		assertThatExceptionOfType(FramingException.class)
			.isThrownBy(() -> this.framing.next(buffer('h', 3), this.frame));
	}

	@Test
	void completeWhenPayloadIsWrittenFramesIt() {
		ByteBuf out = buffer(0, 'h', 'i');
		this.framing.complete(out, 0);
		assertThat(out).isEqualTo(buffer(2, 'h', 'i', 3));
	}

	@Test
	void completeWhenPayloadHoldsEndRefuses() {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> this.framing.complete(buffer(0, 3, 'i'), 0));
	}

	private static ByteBuf buffer(int... bytes) {
		ByteBuf buffer = Unpooled.buffer();
		for (int value : bytes) {
			buffer.writeByte(value);
		}
		return buffer;
	}

}
