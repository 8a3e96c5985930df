package dev.holdfast.codec;

import io.netty.buffer.ByteBuf;
import org.springframework.util.Assert;

/**
 * {@link Framing} without frames: whatever has been received is the payload, so that its
 * borders depend on the network. An empty payload sends nothing. Immutable.
 *
 * <pre class="code">
 *  +----------------------+
 *  | every readable byte  |
 *  +----------------------+
 * </pre>
 */
public final class RawFraming implements Framing {

	private final int maxFrameLength;

	/**
	 * Create a new {@link RawFraming}.
	 * @param maxFrameLength the bytes of the longest payload that is received; what is
	 * beyond it begins the next payload
	 */
	public RawFraming(int maxFrameLength) {
		Assert.isTrue(maxFrameLength > 0, "'maxFrameLength' must be positive");
		this.maxFrameLength = maxFrameLength;
	}

	@Override
	public boolean next(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int length = Math.min(in.readableBytes(), this.maxFrameLength);
		return (length > 0) ? frame.found(start, length, start + length) : frame.incomplete();
	}

	@Override
	public void complete(ByteBuf out, int frameStart) {
	}

}
