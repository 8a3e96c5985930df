package dev.holdfast.test;

import java.io.IOException;
import java.io.InputStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import dev.holdfast.codec.Frame;
import dev.holdfast.codec.Framing;

/**
 * The bytes that came from a server and are no whole frame yet. Receiving is confined to
 * one thread at a time, framing is not.
 */
final class FrameBuffer {

	private static final int CHUNK = 8192;

	private final Framing framing;

	private final Frame frame = new Frame();

	private final ByteBuf bytes = Unpooled.buffer();

	FrameBuffer(Framing framing) {
		this.framing = framing;
	}

	byte[] frame(byte[] payload) {
		ByteBuf out = Unpooled.buffer();
		out.writeZero(this.framing.headerLength());
		out.writeBytes(payload);
		this.framing.complete(out, 0);
		return ByteBufUtil.getBytes(out);
	}

	byte @Nullable [] next() {
		if (!this.bytes.isReadable() || !this.framing.next(this.bytes, this.frame)) {
			return null;
		}
		byte[] payload = ByteBufUtil.getBytes(this.bytes, this.frame.offset(), this.frame.length());
		this.bytes.readerIndex(this.frame.end());
		this.bytes.discardSomeReadBytes();
		return payload;
	}

	boolean fill(InputStream in) throws IOException {
		return this.bytes.writeBytes(in, CHUNK) >= 0;
	}

	boolean isEmpty() {
		return !this.bytes.isReadable();
	}

	byte[] rest() {
		return ByteBufUtil.getBytes(this.bytes);
	}

}
