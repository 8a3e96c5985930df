package dev.holdfast.codec;

import io.netty.buffer.ByteBuf;
import org.springframework.util.Assert;

/**
 * {@link Framing} of payloads that all have the same length. Immutable.
 *
 * <pre class="code">
 *  +-----------+-----------+-----------+
 *  |  n bytes  |  n bytes  |  n bytes  |
 *  +-----------+-----------+-----------+
 * </pre>
 */
public final class FixedLengthFraming implements Framing {

	private final int frameLength;

	/**
	 * Create a new {@link FixedLengthFraming}.
	 * @param frameLength the bytes of each frame
	 * @param maxFrameLength the bytes of the longest frame that is allowed
	 */
	public FixedLengthFraming(int frameLength, int maxFrameLength) {
		Assert.isTrue(frameLength > 0, "'frameLength' must be positive");
		Assert.isTrue(frameLength <= maxFrameLength,
				() -> "'frameLength' of %d must not be above 'maxFrameLength' of %d".formatted(frameLength,
						maxFrameLength));
		this.frameLength = frameLength;
	}

	@Override
	public boolean next(ByteBuf in, Frame frame) {
		if (in.readableBytes() < this.frameLength) {
			return frame.incomplete();
		}
		int start = in.readerIndex();
		return frame.found(start, this.frameLength, start + this.frameLength);
	}

	@Override
	public void complete(ByteBuf out, int frameStart) {
		int length = out.writerIndex() - frameStart;
		if (length != this.frameLength) {
			throw new FramingException(
					"A payload has %d bytes instead of the fixed length of %d".formatted(length, this.frameLength));
		}
	}

}
