package dev.holdfast.codec;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Records which frames a framing finds in bytes that come in parts.
 */
final class FrameRecorder {

	private final Framing framing;

	private final Frame frame = new Frame();

	private int[] frames = new int[30];

	private int count;

	private int scanned;

	private @Nullable Class<?> error;

	private int rest;

	private FrameRecorder(Framing framing) {
		this.framing = framing;
	}

	/**
	 * Read bytes.
	 * @param framing the framing
	 * @param bytes the bytes
	 * @param ends up to where the bytes have come, in ascending order
	 * @return what was found
	 */
	static FrameRecorder read(Framing framing, byte[] bytes, int... ends) {
		FrameRecorder recorder = new FrameRecorder(framing);
		ByteBuf in = Unpooled.wrappedBuffer(bytes).writerIndex(0);
		for (int end : ends) {
			recorder.receive(in.writerIndex(end));
		}
		recorder.receive(in.writerIndex(bytes.length));
		recorder.rest = (recorder.error != null) ? 0 : in.readableBytes();
		return recorder;
	}

	private void receive(ByteBuf in) {
		try {
			while (this.error == null && in.isReadable() && next(in)) {
				in.readerIndex(this.frame.end());
			}
		}
		catch (FramingException ex) {
			this.error = ex.getClass();
		}
	}

	private boolean next(ByteBuf in) {
		this.frame.reset(this.scanned);
		boolean found = this.framing.next(in, this.frame);
		this.scanned = this.frame.scanned();
		if (found) {
			if (this.count + 3 > this.frames.length) {
				this.frames = Arrays.copyOf(this.frames, this.frames.length * 2);
			}
			this.frames[this.count++] = this.frame.offset();
			this.frames[this.count++] = this.frame.length();
			this.frames[this.count++] = this.frame.end();
		}
		return found;
	}

	int count() {
		return this.count / 3;
	}

	int offset(int index) {
		return this.frames[3 * index];
	}

	int length(int index) {
		return this.frames[3 * index + 1];
	}

	int rest() {
		return this.rest;
	}

	@Nullable Class<?> error() {
		return this.error;
	}

	boolean isSameAs(FrameRecorder other) {
		return this.error == other.error && this.rest == other.rest
				&& Arrays.equals(this.frames, 0, this.count, other.frames, 0, other.count);
	}

	@Override
	public String toString() {
		return "%s, %s, %d bytes left".formatted(Arrays.toString(Arrays.copyOf(this.frames, this.count)), this.error,
				this.rest);
	}

}
