package dev.holdfast.codec;

import java.nio.charset.Charset;

import io.netty.buffer.ByteBuf;
import org.springframework.util.Assert;

/**
 * {@link Framing} of payloads that each end in a delimiter of one or more bytes.
 * Immutable.
 *
 * <pre class="code">
 *  +-----------+-----------+
 *  |  payload  | delimiter |
 *  +-----------+-----------+
 * </pre>
 *
 * The longest frame does not count the delimiter. A payload that would be read back
 * shorter is refused: one that contains the delimiter or that begins it early.
 */
public final class DelimiterFraming implements Framing {

	private final byte[] delimiter;

	private final int maxFrameLength;

	/**
	 * Create a new {@link DelimiterFraming}.
	 * @param delimiter the bytes behind each payload, at least one
	 * @param maxFrameLength the bytes of the longest payload
	 */
	public DelimiterFraming(byte[] delimiter, int maxFrameLength) {
		Assert.isTrue(delimiter.length > 0, "'delimiter' must not be empty");
		Assert.isTrue(maxFrameLength > 0, "'maxFrameLength' must be positive");
		this.delimiter = delimiter.clone();
		this.maxFrameLength = maxFrameLength;
	}

	/**
	 * Return the bytes that an escaped text stands for. The escapes are {@code \0},
	 * {@code \t}, {@code \n}, {@code \f}, {@code \r}, {@code \\}, {@code \xHH} for one
	 * byte whatever the charset, and {@code \}{@code uHHHH} for a character.
	 * @param text the escaped text
	 * @param charset the charset of its characters
	 * @return the bytes, at least one
	 * @throws IllegalArgumentException if the text is empty, has an unknown or unfinished
	 * escape, or has a character that the charset lacks
	 */
	public static byte[] parse(String text, Charset charset) {
		return new DelimiterParser(text, charset).parse();
	}

	@Override
	public boolean next(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int end = in.writerIndex();
		int found = indexOfDelimiter(in, start + frame.scanned(), end);
		int certain = (found >= 0) ? found - start : end - start - this.delimiter.length + 1;
		if (certain > this.maxFrameLength) {
			throw new FrameTooLargeException(this.maxFrameLength);
		}
		if (found < 0) {
			return frame.incomplete(Math.max(certain, 0));
		}
		return frame.found(start, certain, found + this.delimiter.length);
	}

	private int indexOfDelimiter(ByteBuf in, int from, int to) {
		int last = to - this.delimiter.length + 1;
		if (from >= last) {
			return -1;
		}
		int index = in.indexOf(from, last, this.delimiter[0]);
		while (index >= 0 && !isDelimiter(in, index)) {
			index = in.indexOf(index + 1, last, this.delimiter[0]);
		}
		return index;
	}

	private boolean isDelimiter(ByteBuf in, int index) {
		for (int i = 1; i < this.delimiter.length; i++) {
			if (in.getByte(index + i) != this.delimiter[i]) {
				return false;
			}
		}
		return true;
	}

	@Override
	public void complete(ByteBuf out, int frameStart) {
		int payloadEnd = out.writerIndex();
		out.writeBytes(this.delimiter);
		if (indexOfDelimiter(out, frameStart, out.writerIndex()) != payloadEnd) {
			throw new FramingException("A delimited frame cannot hold a payload in which the delimiter begins");
		}
	}

}
