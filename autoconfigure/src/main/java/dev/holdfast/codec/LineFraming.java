package dev.holdfast.codec;

import io.netty.buffer.ByteBuf;
import org.springframework.util.Assert;

/**
 * {@link Framing} of lines: a payload reaches up to {@code \n}, all carriage returns in
 * front of it are stripped. An empty line is an empty payload. Immutable.
 *
 * <pre class="code">
 *  received                          written
 *  +-----------+---------+------+    +-----------+------+
 *  |  payload  | 0x0D... | 0x0A |    |  payload  | 0x0A |
 *  +-----------+---------+------+    +-----------+------+
 * </pre>
 *
 * The longest frame does not count the delimiter, which is {@code \n} or {@code \r\n};
 * carriage returns in front of that are counted.
 */
public final class LineFraming implements Framing {

	private static final byte LF = '\n';

	private static final byte CR = '\r';

	private final int maxFrameLength;

	/**
	 * Create a new {@link LineFraming}.
	 * @param maxFrameLength the bytes of the longest line, its delimiter not counted
	 */
	public LineFraming(int maxFrameLength) {
		Assert.isTrue(maxFrameLength > 0, "'maxFrameLength' must be positive");
		this.maxFrameLength = maxFrameLength;
	}

	@Override
	public boolean next(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int end = in.writerIndex();
		int newline = in.indexOf(start + frame.scanned(), end, LF);
		if (newline < 0) {
			checkLength(in, start, end);
			return frame.incomplete(end - start);
		}
		checkLength(in, start, newline);
		return frame.found(start, withoutTrailingReturns(in, start, newline) - start, newline + 1);
	}

	private void checkLength(ByteBuf in, int start, int end) {
		int excess = end - start - this.maxFrameLength;
		if (excess > 1 || (excess == 1 && in.getByte(end - 1) != CR)) {
			throw new FrameTooLargeException(this.maxFrameLength);
		}
	}

	private int withoutTrailingReturns(ByteBuf in, int start, int newline) {
		int end = newline;
		while (end > start && in.getByte(end - 1) == CR) {
			end--;
		}
		return end;
	}

	@Override
	public void complete(ByteBuf out, int frameStart) {
		int end = out.writerIndex();
		if (out.indexOf(frameStart, end, LF) >= 0) {
			throw new FramingException("A line cannot hold a payload that contains a line feed");
		}
		if (end > frameStart && out.getByte(end - 1) == CR) {
			throw new FramingException("A line cannot hold a payload that ends in a carriage return");
		}
		out.writeByte(LF);
	}

}
