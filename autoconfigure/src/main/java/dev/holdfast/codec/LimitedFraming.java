package dev.holdfast.codec;

import io.netty.buffer.ByteBuf;
import org.springframework.util.Assert;

/**
 * {@link Framing} that holds another one to the longest frame and to its contract: a
 * frame takes at least one byte and lies within the bytes that were received, its payload
 * lies within the frame. Immutable.
 *
 * <pre class="code">
 *  +--------+-----------+---------+--------------+
 *  | header |  payload  | trailer | next frame...|
 *  +--------+-----------+---------+--------------+
 *  |&lt;--- 1 to maxFrameLength ---&gt;|
 * </pre>
 */
public final class LimitedFraming implements Framing {

	private final Framing delegate;

	private final int maxFrameLength;

	/**
	 * Create a new {@link LimitedFraming}.
	 * @param delegate the framing to hold to the limit
	 * @param maxFrameLength the bytes of the longest frame, header and trailer included
	 */
	public LimitedFraming(Framing delegate, int maxFrameLength) {
		Assert.notNull(delegate, "'delegate' must not be null");
		Assert.isTrue(maxFrameLength > 0, "'maxFrameLength' must be positive");
		this.delegate = delegate;
		this.maxFrameLength = maxFrameLength;
	}

	@Override
	public boolean next(ByteBuf in, Frame frame) {
		boolean found = this.delegate.next(in, frame);
		if (found) {
			checkFound(in, frame);
		}
		else {
			checkIncomplete(in, frame);
		}
		return found;
	}

	private void checkFound(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int end = frame.end();
		if (end <= start || end > in.writerIndex()) {
			throw new FramingException(
					"%s reports a frame outside the readable bytes or without a byte".formatted(name()));
		}
		if (frame.offset() < start || frame.length() < 0 || frame.length() > end - frame.offset()) {
			throw new FramingException("%s reports a payload outside its frame".formatted(name()));
		}
		if (end - start > this.maxFrameLength) {
			throw new FrameTooLargeException(this.maxFrameLength);
		}
	}

	private void checkIncomplete(ByteBuf in, Frame frame) {
		if (frame.scanned() < 0 || frame.scanned() > in.readableBytes()) {
			throw new FramingException("%s has scanned more than the readable bytes".formatted(name()));
		}
		if (in.readableBytes() > this.maxFrameLength) {
			throw new FrameTooLargeException(this.maxFrameLength);
		}
	}

	private String name() {
		return this.delegate.getClass().getName();
	}

	@Override
	public int headerLength() {
		return this.delegate.headerLength();
	}

	@Override
	public void complete(ByteBuf out, int frameStart) {
		this.delegate.complete(out, frameStart);
	}

}
