package dev.holdfast.test;

import io.netty.buffer.ByteBuf;

import dev.holdfast.codec.Frame;
import dev.holdfast.codec.Framing;

/**
 * {@link Framing} of lines of any length. All trailing CR and LF are stripped.
 * Thread-safe.
 *
 * <pre class="code">
 *  +-----------+------+
 *  |  payload  | 0x0A |
 *  +-----------+------+
 * </pre>
 */
final class NewlineFraming implements Framing {

	@Override
	public boolean next(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int newline = in.indexOf(start + frame.scanned(), in.writerIndex(), (byte) '\n');
		if (newline < 0) {
			return frame.incomplete(in.readableBytes());
		}
		int last = newline;
		while (last > start && in.getByte(last - 1) == '\r') {
			last--;
		}
		return frame.found(start, last - start, newline + 1);
	}

	@Override
	public void complete(ByteBuf out, int frameStart) {
		out.writeByte('\n');
	}

}
