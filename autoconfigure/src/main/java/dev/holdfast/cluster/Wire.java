package dev.holdfast.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The values that frames between nodes are made of, all in network byte order. The guide
 * shows the layout in {@code docs/cluster.md}.
 */
final class Wire {

	private static final int INITIAL_FRAME = 128;

	private static final int MAX_UNSIGNED_SHORT = 0xFFFF;

	private Wire() {
	}

	/**
	 * Build a frame.
	 * @param type the type
	 * @param body writes what follows the type
	 * @return the frame with its length
	 */
	static byte[] frame(FrameType type, Consumer<ByteBuf> body) {
		ByteBuf out = Unpooled.buffer(INITIAL_FRAME);
		out.writeInt(0).writeByte(type.code);
		body.accept(out);
		out.setInt(0, out.readableBytes() - Integer.BYTES);
		return ByteBufUtil.getBytes(out);
	}

	static void writeText(ByteBuf out, String text) {
		int start = out.writerIndex();
		out.writeShort(0);
		int length = ByteBufUtil.writeUtf8(out, text);
		if (length > MAX_UNSIGNED_SHORT) {
			throw new IllegalArgumentException("Text of %d bytes is too long for a frame".formatted(length));
		}
		out.setShort(start, length);
	}

	static String readText(ByteBuf in) {
		int length = in.readUnsignedShort();
		return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
	}

	static void writeNullable(ByteBuf out, @Nullable String text) {
		out.writeBoolean(text != null);
		if (text != null) {
			writeText(out, text);
		}
	}

	static @Nullable String readNullable(ByteBuf in) {
		return in.readBoolean() ? readText(in) : null;
	}

	static void writeTexts(ByteBuf out, Collection<String> texts) {
		out.writeInt(texts.size());
		texts.forEach((text) -> writeText(out, text));
	}

	static List<String> readTexts(ByteBuf in) {
		int count = in.readInt();
		List<String> texts = new ArrayList<>(Math.min(count, in.readableBytes()));
		for (int i = 0; i < count; i++) {
			texts.add(readText(in));
		}
		return texts;
	}

}
