package dev.holdfast.docs.protocols;

import io.netty.buffer.ByteBuf;
import org.springframework.stereotype.Component;

import dev.holdfast.codec.Frame;
import dev.holdfast.codec.Framing;
import dev.holdfast.codec.FramingException;

@Component("stx-etx")
class StxEtxFraming implements Framing {

	private static final byte STX = 0x02;

	private static final byte ETX = 0x03;

	@Override
	public boolean next(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		if (in.getByte(start) != STX) {
			throw new FramingException("Frame does not begin with STX");
		}
		int etx = in.indexOf(start + frame.scanned(), in.writerIndex(), ETX);
		if (etx < 0) {
			return frame.incomplete(in.readableBytes());
		}
		return frame.found(start + 1, etx - start - 1, etx + 1);
	}

	@Override
	public int headerLength() {
		return 1;
	}

	@Override
	public void complete(ByteBuf out, int frameStart) {
		if (out.indexOf(frameStart + 1, out.writerIndex(), ETX) >= 0) {
			throw new FramingException("A message must not hold ETX");
		}
		out.setByte(frameStart, STX).writeByte(ETX);
	}

}
