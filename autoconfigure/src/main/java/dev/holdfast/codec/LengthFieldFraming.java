package dev.holdfast.codec;

import io.netty.buffer.ByteBuf;
import org.springframework.util.Assert;

/**
 * {@link Framing} of payloads whose length is sent in front of them. Immutable.
 *
 * <p>
 * Offset 0, length 2, {@code strip: true}; the value counts what follows it, and with
 * {@code includes-header: true} itself too (then it is {@code 0x0007}):
 *
 * <pre class="code">
 *  frame (7 bytes)                   payload (5 bytes)
 *  +--------+----------------+       +----------------+
 *  | Length | Actual content | &lt;---&gt; | Actual content |
 *  | 0x0005 |    "HELLO"     |       |    "HELLO"     |
 *  +--------+----------------+       +----------------+
 * </pre>
 *
 * Offset 2, length 2, {@code strip: false}; a payload that is sent leaves room for the
 * length, whatever it has there is overwritten:
 *
 * <pre class="code">
 *  frame (9 bytes)                            payload (9 bytes)
 *  +--------+--------+----------------+       +--------+--------+----------------+
 *  | Magic  | Length | Actual content | &lt;---&gt; | Magic  | Length | Actual content |
 *  | 0xCAFE | 0x0005 |    "HELLO"     |       | 0xCAFE | 0x0005 |    "HELLO"     |
 *  +--------+--------+----------------+       +--------+--------+----------------+
 * </pre>
 *
 * A frame has as many bytes as the value, the adjustment and, unless the value counts it,
 * the header together. One that is too long is refused as soon as its header is there.
 * What is sent may be longer than the longest frame but must fit the length field.
 */
public final class LengthFieldFraming implements Framing {

	private final LengthField field;

	private final int maxFrameLength;

	private final int headerLength;

	private final long uncounted;

	/**
	 * Create a new {@link LengthFieldFraming}.
	 * @param field the length field
	 * @param maxFrameLength the bytes of the longest frame, its header included
	 */
	public LengthFieldFraming(LengthField field, int maxFrameLength) {
		Assert.notNull(field, "'field' must not be null");
		Assert.isTrue(maxFrameLength >= field.headerLength(),
				() -> "'maxFrameLength' must hold the header of %d bytes".formatted(field.headerLength()));
		this.field = field;
		this.maxFrameLength = maxFrameLength;
		this.headerLength = field.headerLength();
		this.uncounted = (long) field.adjustment() + (field.includesHeader() ? 0 : this.headerLength);
	}

	@Override
	public boolean next(ByteBuf in, Frame frame) {
		if (in.readableBytes() < this.headerLength) {
			return frame.incomplete();
		}
		int start = in.readerIndex();
		int frameLength = frameLength(this.field.read(in, start));
		if (in.readableBytes() < frameLength) {
			return frame.incomplete();
		}
		int skipped = headerLength();
		return frame.found(start + skipped, frameLength - skipped, start + frameLength);
	}

	private int frameLength(long value) {
		if (value >= 0 && value > this.maxFrameLength - this.uncounted) {
			throw new FrameTooLargeException(this.maxFrameLength);
		}
		if (value < 0 || value + this.uncounted < this.headerLength) {
			throw new FramingException("Length field has the impossible value %d".formatted(value));
		}
		return (int) (value + this.uncounted);
	}

	@Override
	public int headerLength() {
		return this.field.strip() ? this.headerLength : 0;
	}

	@Override
	public void complete(ByteBuf out, int frameStart) {
		int frameLength = out.writerIndex() - frameStart;
		if (frameLength < this.headerLength) {
			throw new FramingException(
					"A frame of %d bytes has no room for its header of %d".formatted(frameLength, this.headerLength));
		}
		long value = frameLength - this.uncounted;
		if (value < 0 || value > this.field.maxValue()) {
			throw new FramingException("A frame of %d bytes does not fit a length field of %d".formatted(frameLength,
					this.field.length()));
		}
		this.field.write(out, frameStart, value);
	}

}
